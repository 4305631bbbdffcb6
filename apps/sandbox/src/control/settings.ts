/** Which requests a fault concerns: those whose path contains `path`; without it, every request for data. */
interface Aimed {
  path?: string;
}

export interface Throttle extends Aimed {
  /** Requests let through first. */
  after: number;
  /** Seconds of refusals, from the first one on. Then the throttle is over. */
  for_s: number;
  /** Which of the provider's own limits to name; see the README. */
  variant?: string;
  /** Force (true) or leave out (false) a Retry-After header where the provider sends it only sometimes. */
  retry_after?: boolean;
}

export interface Failure extends Aimed {
  status: number;
  times: number;
  variant?: string;
}

export interface Times extends Aimed {
  times: number;
}

/** What stays set until changed or reset. A null in a control body takes a setting back. */
export interface Settings {
  latency_ms?: number;
  records?: Record<string, number>;
  throttle?: Throttle;
  fail?: Failure;
  drop_connections?: Times;
  malformed?: Times;
  rotate_refresh_tokens?: boolean;
  token_ttl_s?: number;
  enforce_limits?: boolean;
}

/** What happens once, when asked. */
export type Action = 'revoke_tokens' | 'expire_tokens' | 'expire_cursors';

export interface ControlBody {
  account?: string;
  settings: { [K in keyof Settings]?: Settings[K] | null };
  actions: Action[];
}

/** A control body that says something impossible; `problems` holds one sentence for each fault. */
export class ControlRefused extends Error {
  override readonly name = 'ControlRefused';
  constructor(readonly problems: string[]) {
    super(problems.join(' '));
  }
}

type Check = (value: unknown, at: string) => string[];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const count: Check = (value, at) =>
  Number.isSafeInteger(value) && (value as number) >= 0
    ? []
    : [`${at} must be a whole number of at least 0.`];
const seconds: Check = (value, at) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? [] : [`${at} must be a number above 0.`];
const text: Check = (value, at) => (typeof value === 'string' && value ? [] : [`${at} must be a text.`]);
const flag: Check = (value, at) => (typeof value === 'boolean' ? [] : [`${at} must be true or false.`]);
const status: Check = (value, at) =>
  Number.isInteger(value) && (value as number) >= 400 && (value as number) <= 599
    ? []
    : [`${at} must be an HTTP status from 400 to 599.`];

function shape(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  return (value, at) => {
    if (!isObject(value)) return [`${at} must be an object with ${Object.keys(required).join(', ')}.`];
    const checks: Record<string, Check> = { ...required, ...optional };
    const problems = Object.keys(required)
      .filter((name) => !(name in value))
      .map((name) => `${at}.${name} is missing.`);
    for (const [name, part] of Object.entries(value)) {
      const check = checks[name];
      if (!check) problems.push(`${at}.${name} is unknown; known: ${Object.keys(checks).join(', ')}.`);
      else problems.push(...check(part, `${at}.${name}`));
    }
    return problems;
  };
}

const settingChecks: Record<keyof Settings, Check> = {
  latency_ms: count,
  records: (value, at) =>
    isObject(value)
      ? Object.entries(value).flatMap(([stream, n]) => count(n, `${at}.${stream}`))
      : [`${at} must be an object of stream names and numbers.`],
  throttle: shape({ after: count, for_s: seconds }, { path: text, variant: text, retry_after: flag }),
  fail: shape({ status, times: count }, { path: text, variant: text }),
  drop_connections: shape({ times: count }, { path: text }),
  malformed: shape({ times: count }, { path: text }),
  rotate_refresh_tokens: flag,
  token_ttl_s: seconds,
  enforce_limits: flag,
};
const actions: readonly Action[] = ['revoke_tokens', 'expire_tokens', 'expire_cursors'];

/**
 * Reads the body of `PUT /_control/<type>`.
 * @param streams the provider's stream names, which `records` may name
 * @param unsupported controls that mean nothing at this provider
 * @throws ControlRefused naming every fault at once
 */
export function parseControl(
  body: unknown,
  streams: readonly string[],
  unsupported: readonly string[] = [],
): ControlBody {
  if (!isObject(body)) throw new ControlRefused(['The body must be a JSON object.']);
  const parsed: ControlBody = { settings: {}, actions: [] };
  const problems: string[] = [];
  for (const [name, value] of Object.entries(body)) {
    const check = settingChecks[name as keyof Settings];
    if (unsupported.includes(name)) {
      problems.push(`${name} means nothing at this provider.`);
    } else if (name === 'account') {
      problems.push(...text(value, name));
      parsed.account = value as string;
    } else if (actions.includes(name as Action)) {
      problems.push(...flag(value, name));
      if (value === true) parsed.actions.push(name as Action);
    } else if (check) {
      if (value !== null) problems.push(...check(value, name));
      Object.assign(parsed.settings, { [name]: value });
    } else {
      const known = ['account', ...Object.keys(settingChecks), ...actions].join(', ');
      problems.push(`${name} is unknown; known: ${known}.`);
    }
  }
  for (const stream of Object.keys(isObject(body.records) ? body.records : {})) {
    if (!streams.includes(stream)) problems.push(unknownStream(stream, streams));
  }
  if (problems.length > 0) throw new ControlRefused(problems);
  return parsed;
}

/**
 * Reads the body of `POST /_control/<type>/touch|create|delete`: `{stream, n, account?}`.
 * @throws ControlRefused naming every fault at once
 */
export function parseChange(
  body: unknown,
  streams: readonly string[],
): { stream: string; n: number; account?: string } {
  const problems = shape({ stream: text, n: count }, { account: text })(body, 'body');
  if (problems.length > 0) throw new ControlRefused(problems);
  const change = body as { stream: string; n: number; account?: string };
  if (!streams.includes(change.stream)) throw new ControlRefused([unknownStream(change.stream, streams)]);
  return change;
}

function unknownStream(stream: string, streams: readonly string[]): string {
  return `There is no stream ${stream}; known: ${streams.join(', ')}.`;
}
