import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { refuse } from '../../control/faults.js';
import { decodeCursor, encodeCursor } from '../../data/cursor.js';
import { type ProviderState } from '../provider-state.js';
import { slackError, SlackRefusal } from './errors.js';
import { Team } from './team.js';

export type Arguments = Record<string, string | undefined>;

const refused = (error: string) => new SlackRefusal(slackError(error));

/** Arguments come in the query or as a form, whichever the HTTP method. */
export const argumentsOf = (request: FastifyRequest): Arguments => ({
  ...(request.query as Arguments),
  ...(request.body as Arguments | null | undefined),
});

type Method = (team: Team, given: Arguments) => object;

const methods: Readonly<Record<string, Method>> = {
  'auth.test': (team) => ({
    url: 'https://acme.slack.com/',
    team: team.name,
    user: 'connections',
    team_id: team.id,
    user_id: team.user(0),
    bot_id: 'B0',
    is_enterprise_install: false,
  }),
  'team.info': (team) => ({ team: { id: team.id, name: team.name, domain: 'acme', icon: {} } }),
  'users.list': (team, given) => {
    const indexes = [...team.collection('users').byId(0)];
    return paged(team, given, 'members', indexes, (index) => team.renderUser(index), 'users');
  },
  'conversations.list': (team, given) => {
    const types = (given.types ?? 'public_channel').split(',');
    const channels = [...team.collection('channels').byId(0)].map((index) => team.renderChannel(index));
    const asked = channels.filter(({ is_private, is_member }) =>
      // A private channel does not show itself to those outside.
      is_private ? is_member && types.includes('private_channel') : types.includes('public_channel'),
    );
    return paged(team, given, 'channels', asked, (channel) => channel, given.types ?? '');
  },
  'conversations.members': (team, given) => {
    const members = team.members(channelOf(team, given));
    return paged(team, given, 'members', members, (member) => member, given.channel!);
  },
  'conversations.history': (team, given) => {
    const channel = channelOf(team, given);
    if (!team.isMember(channel)) throw refused('not_in_channel');
    const { oldest = '0', latest = '9999999999' } = given;
    if (Number.isNaN(Number(oldest))) throw refused('invalid_ts_oldest');
    const said = [...team.history(channel)].filter((message) => {
      const ts = Number(team.messageTs(message));
      return ts > Number(oldest) && ts < Number(latest);
    });
    const scope = `${given.channel}/${oldest}/${latest}`;
    const page = paged(team, given, 'messages', said, (message) => team.renderMessage(message), scope);
    return { ...page, has_more: page.response_metadata.next_cursor !== '', pin_count: 0 };
  },
  'conversations.replies': (team, given) => {
    const channel = channelOf(team, given);
    const parent = [...team.history(channel)].find((message) => team.messageTs(message) === given.ts);
    if (parent === undefined) throw refused('thread_not_found');
    const replies = team.replies(parent);
    const all = [team.renderMessage(parent), ...replies.map((reply) => team.renderReply(reply))];
    const page = paged(team, given, 'messages', all, (message) => message, `${given.channel}/${given.ts}`);
    return { ...page, has_more: page.response_metadata.next_cursor !== '' };
  },
};

function channelOf(team: Team, { channel }: Arguments): number {
  const index = team.channelIndex(channel);
  if (index === undefined) throw refused('channel_not_found');
  return index;
}

export function slackMethods(scope: FastifyInstance, state: ProviderState): void {
  for (const [name, method] of Object.entries(methods)) {
    scope.route({
      method: ['GET', 'POST'],
      url: `/api/${name}`,
      handler: (request, reply) => {
        try {
          const body = method(new Team(request.account!, state), argumentsOf(request));
          return reply
            .type('application/json; charset=utf-8')
            .header('x-oauth-scopes', request.scopes?.join(',') ?? '')
            .send(JSON.stringify({ ok: true, ...body }));
        } catch (error) {
          if (error instanceof SlackRefusal) return refuse(reply, error.refusal);
          throw error;
        }
      },
    });
  }
}

function paged<T>(
  team: Team,
  given: Arguments,
  name: string,
  all: readonly T[],
  render: (item: T) => unknown,
  scope: string,
) {
  const limit = given.limit === undefined ? 100 : Number(given.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 999) throw refused('invalid_limit');
  let from = 0;
  if (given.cursor) {
    // Their cursors end in `=`, which must be encoded on its way back.
    const position = decodeCursor(given.cursor.replace(/=$/, ''), `${name}/${scope}`, team.expiredUpTo());
    if (typeof position !== 'number' || !given.cursor.endsWith('=')) throw refused('invalid_cursor');
    from = position;
  }
  const more = from + limit < all.length;
  return {
    [name]: all.slice(from, from + limit).map(render),
    response_metadata: { next_cursor: more ? `${encodeCursor(from + limit, `${name}/${scope}`)}=` : '' },
  };
}
