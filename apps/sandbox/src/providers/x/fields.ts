import { type Refusal } from '../provider.js';
import { invalidRequest } from './errors.js';

export type Query = Record<string, string | undefined>;

/** Thrown for a parameter that X refuses; carries the answer. */
export class BadParameter extends Error {
  override readonly name = 'BadParameter';
  readonly refusal: Refusal;
  constructor(parameter: string, value: string, message: string) {
    super(message);
    this.refusal = invalidRequest(parameter, value, message);
  }
}

const userFields = [
  'affiliation', 'connection_status', 'created_at', 'description', 'entities', 'id', 'location', 'most_recent_tweet_id',
  'name', 'pinned_tweet_id', 'profile_banner_url', 'profile_image_url', 'protected', 'public_metrics',
  'receives_your_dm', 'subscription_type', 'url', 'username', 'verified', 'verified_type', 'withheld',
]; // prettier-ignore
const postFields = [
  'article', 'attachments', 'author_id', 'card_uri', 'community_id', 'context_annotations', 'conversation_id',
  'created_at', 'display_text_range', 'edit_controls', 'edit_history_tweet_ids', 'entities', 'geo', 'id',
  'in_reply_to_user_id', 'lang', 'note_tweet', 'possibly_sensitive', 'public_metrics', 'referenced_tweets',
  'reply_settings', 'scopes', 'source', 'text', 'withheld',
]; // prettier-ignore

/** The names of user fields to carry: id, name and username always, others when asked for. */
export function wantedUserFields(query: Query): Set<string> {
  return wanted(query, ['user.fields'], userFields, ['id', 'name', 'username']);
}

/** The names of post fields to carry; both spellings of the parameter are understood. */
export function wantedPostFields(query: Query): Set<string> {
  return wanted(query, ['tweet.fields', 'post.fields'], postFields, ['id', 'text', 'edit_history_tweet_ids']);
}

function wanted(query: Query, parameters: string[], known: string[], always: string[]): Set<string> {
  const names = new Set(always);
  for (const parameter of parameters) {
    for (const name of (query[parameter] ?? '').split(',').filter(Boolean)) {
      if (!known.includes(name)) {
        throw new BadParameter(
          parameter,
          name,
          `The \`${parameter}\` query parameter value [${name}] is not one of [${known.join(',')}]`,
        );
      }
      names.add(name);
    }
  }
  return names;
}

export function only(object: object, names: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.has(name)));
}

/** An integer parameter within bounds. */
export function numberOf(
  query: Query,
  parameter: string,
  fallback: number,
  least: number,
  most: number,
): number {
  const value = query[parameter];
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new BadParameter(
      parameter,
      value,
      `The \`${parameter}\` query parameter value [${value}] is not between ${least} and ${most}`,
    );
  }
  return number;
}

/** A post id parameter. */
export function idParameter(query: Query, parameter: string): bigint | undefined {
  const value = query[parameter];
  if (value === undefined) return undefined;
  if (!/^\d{1,19}$/.test(value)) {
    throw new BadParameter(
      parameter,
      value,
      `The \`${parameter}\` query parameter value [${value}] does not match ^[0-9]{1,19}$`,
    );
  }
  return BigInt(value);
}

/** ISO 8601 in UTC with whole seconds (a fraction of .000 is let through, as clients add it). */
export function timeParameter(query: Query, parameter: string): number | undefined {
  const value = query[parameter];
  if (value === undefined) return undefined;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.test(value)) {
    throw new BadParameter(
      parameter,
      value,
      `Invalid '${parameter}':'${value}'. Must be YYYY-MM-DDTHH:mm:ssZ`,
    );
  }
  return Date.parse(value);
}

/** A comma list of 1 to 100 members. */
export function listParameter(query: Query, parameter: string): string[] {
  const values = (query[parameter] ?? '').split(',').filter(Boolean);
  if (values.length === 0 || values.length > 100) {
    throw new BadParameter(
      parameter,
      query[parameter] ?? '',
      `The \`${parameter}\` query parameter must have 1 to 100 values`,
    );
  }
  return values;
}
