import { type FastifyInstance, type FastifyReply } from 'fastify';
import { refuse } from '../../control/faults.js';
import { decodeCursor, encodeCursor } from '../../data/cursor.js';
import { type ProviderState } from '../provider-state.js';
import { invalid, notFound, notionError, NotionRefusal } from './errors.js';
import { render } from './objects.js';
import { minute, readId, type Stream, Workspace } from './workspace.js';

type Paging = { page_size?: unknown; start_cursor?: unknown };
type SearchBody = Paging & {
  filter?: { property?: string; value?: string; in_trash?: boolean };
  sort?: { timestamp?: string; direction?: string };
};
type Condition = Record<string, { on_or_after?: string } | string | undefined>;
type QueryBody = Paging & { filter?: Condition & { and?: Condition[] } };
type Place = { stream: Stream; index: number };

/** More rows than this no query yields. */
const QUERY_LIMIT = 10_000;

export function notionRoutes(scope: FastifyInstance, state: ProviderState): void {
  const of = (request: { account?: string }) => new Workspace(request.account!, state);

  scope.addHook('preHandler', async (request, reply) => {
    if (request.headers['notion-version'] === undefined) {
      const message = 'Notion-Version header should be defined.';
      return refuse(reply, notionError(400, 'missing_version', message));
    }
  });

  scope.post<{ Body: SearchBody | null }>('/v1/search', (request, reply) =>
    answer(reply, () => {
      const workspace = of(request);
      const body = request.body ?? {};
      request.loggedBody = body;
      const { value } = body.filter ?? {};
      if (value !== undefined && value !== 'page' && value !== 'data_source') {
        throw invalid('body failed validation: body.filter.value should be "page" or "data_source".');
      }
      const streams: Stream[] = [
        ...(value === 'data_source' ? [] : (['pages', 'rows'] as const)),
        ...(value === 'page' ? [] : (['data_sources'] as const)),
      ];
      const sign = body.sort?.direction === 'ascending' ? 1 : -1;
      const found = streams
        .flatMap((stream) => places(workspace, stream, body.filter?.in_trash ?? false))
        .map((place) => ({ ...place, at: workspace.editedAt(place.stream, place.index) }))
        .sort((a, b) => sign * (a.at - b.at) || a.index - b.index);
      return {
        ...page(workspace, found, body, JSON.stringify([body.filter, body.sort])),
        type: 'page_or_data_source',
        page_or_data_source: {},
      };
    }),
  );

  scope.post<{ Params: { id: string }; Body: QueryBody | null }>(
    '/v1/data_sources/:id/query',
    (request, reply) =>
      answer(reply, () => {
        const workspace = of(request);
        const source = live(workspace, request.params.id, 'data_sources');
        const { size } = workspace.collection('data_sources');
        const body = request.body ?? {};
        request.loggedBody = body;
        const conditions = body.filter?.and ?? (body.filter ? [body.filter] : []);
        const rows = places(workspace, 'rows', false)
          .filter(({ index }) => index % size === source)
          .filter((place) => conditions.every((condition) => meets(workspace, place, condition)));
        return {
          ...page(workspace, rows.slice(0, QUERY_LIMIT), body, `query/${source}`, rows.length > QUERY_LIMIT),
          type: 'page_or_data_source',
          page_or_data_source: {},
        };
      }),
  );

  scope.get<{ Params: { id: string }; Querystring: Paging }>('/v1/blocks/:id/children', (request, reply) =>
    answer(reply, () => {
      const workspace = of(request);
      const place = readId(request.params.id);
      if (!place || !['pages', 'rows', 'blocks'].includes(place.stream)) throw notFound(request.params.id);
      live(workspace, request.params.id, place.stream);
      const children = childrenOf(workspace, place).map((index) => ({ stream: 'blocks' as const, index }));
      return { ...page(workspace, children, request.query, request.params.id), type: 'block', block: {} };
    }),
  );

  for (const [path, stream] of [
    ['/v1/databases', 'databases'],
    ['/v1/data_sources', 'data_sources'],
    ['/v1/users', 'users'],
    ['/v1/blocks', 'blocks'],
  ] as const) {
    scope.get<{ Params: { id: string } }>(`${path}/:id`, (request, reply) =>
      answer(reply, () => {
        const workspace = of(request);
        if (request.params.id === 'me') return bot(workspace);
        return render(workspace, stream, live(workspace, request.params.id, stream));
      }),
    );
  }
  scope.get<{ Querystring: Paging }>('/v1/users', (request, reply) =>
    answer(reply, () => {
      const workspace = of(request);
      return {
        ...page(workspace, places(workspace, 'users', false), request.query, 'users'),
        type: 'user',
        user: {},
      };
    }),
  );
}

const bot = (workspace: Workspace) => ({
  object: 'user',
  id: `b07${workspace.id}`,
  type: 'bot',
  name: 'Connections',
  avatar_url: null,
  bot: { owner: { type: 'workspace', workspace: true }, workspace_name: workspaceName(workspace.id) },
});

export const workspaceName = (id: string): string => `Acme ${id} 🦄`;

function childrenOf(workspace: Workspace, { stream, index }: Place): number[] {
  if (stream === 'rows') return [];
  const blocks = workspace.collection('blocks');
  const page = stream === 'pages' ? index : index % workspace.collection('pages').size;
  return [...workspace.blocksOf(page)].filter((block) => {
    if (!blocks.isLive(block)) return false;
    const parent = workspace.parentOf(block);
    return 'block' in parent ? stream === 'blocks' && parent.block === index : stream === 'pages';
  });
}

function places(workspace: Workspace, stream: Stream, inTrash: boolean): Place[] {
  const collection = workspace.collection(stream);
  return (inTrash ? collection.deletedRows() : [...collection.byId(0)]).map((index) => ({ stream, index }));
}

function live(workspace: Workspace, id: string, stream: Stream): number {
  const place = readId(id);
  if (place?.stream !== stream || !workspace.collection(stream).isLive(place.index)) throw notFound(id);
  return place.index;
}

function meets(workspace: Workspace, { stream, index }: Place, condition: Condition): boolean {
  const name = condition.timestamp;
  const bounds = typeof name === 'string' ? condition[name] : undefined;
  const since = typeof bounds === 'object' ? bounds.on_or_after : undefined;
  if (since === undefined || Number.isNaN(Date.parse(since)))
    throw invalid('body failed validation: filter.');
  const { createdAt } = workspace.collection(stream).state(index)!;
  const at = name === 'created_time' ? createdAt : workspace.editedAt(stream, index);
  return Date.parse(minute(at)) >= Date.parse(since);
}

/** Cursors count rows: whoever pages while rows move sees some twice. */
function page(workspace: Workspace, all: readonly Place[], query: Paging, scope: string, cut = false) {
  const size = query.page_size === undefined ? 100 : Number(query.page_size);
  if (!Number.isInteger(size) || size < 1 || size > 100) throw invalid('page_size should be from 1 to 100.');
  let from = 0;
  if (query.start_cursor !== undefined) {
    const position = decodeCursor(String(query.start_cursor), scope, workspace.expiredUpTo());
    if (typeof position !== 'number') {
      throw invalid(`The start_cursor provided is invalid: ${String(query.start_cursor)}`);
    }
    from = position;
  }
  const more = from + size < all.length;
  return {
    object: 'list',
    results: all.slice(from, from + size).map(({ stream, index }) => render(workspace, stream, index)),
    next_cursor: more ? encodeCursor(from + size, scope) : null,
    has_more: more,
    ...(cut &&
      !more && {
        request_status: { type: 'incomplete', incomplete_reason: 'query_result_limit_reached' },
      }),
  };
}

function answer(reply: FastifyReply, body: () => object): FastifyReply {
  try {
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(body()));
  } catch (error) {
    if (error instanceof NotionRefusal) return refuse(reply, error.refusal);
    throw error;
  }
}
