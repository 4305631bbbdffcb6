import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type ProviderState } from '../providers/provider-state.js';
import { ControlRefused, parseChange, parseControl, type Settings } from './settings.js';

type Named = { Params: { type: string } };

/** `/_control`: how tests, demos and benchmarks shape the providers. Described in the README. */
export function controlRoutes(states: ReadonlyMap<string, ProviderState>): (scope: FastifyInstance) => void {
  const find = (request: FastifyRequest<Named>): ProviderState => {
    const state = states.get(request.params.type);
    if (!state) throw new UnknownProvider(request.params.type, [...states.keys()]);
    return state;
  };
  return (scope) => {
    scope.setErrorHandler((error, _request, reply) => answerError(error, reply));

    scope.get('/_control', () =>
      Object.fromEntries([...states].map(([type, state]) => [type, overview(state)])),
    );

    scope.get<Named>('/_control/:type', (request) => overview(find(request)));

    scope.put<Named>('/_control/:type', (request) => {
      const state = find(request);
      const body = parseControl(
        request.body,
        Object.keys(state.provider.streams),
        state.provider.unsupported,
      );
      checkVariants(body.settings, state);
      state.apply(body);
      return overview(state);
    });

    scope.delete<Named & { Querystring: { account?: string } }>('/_control/:type', (request) => {
      const state = find(request);
      state.reset(request.query.account);
      return overview(state);
    });

    for (const change of ['touch', 'create', 'delete'] as const) {
      scope.post<Named>(`/_control/:type/${change}`, (request) => {
        const state = find(request);
        const { stream, n, account } = parseChange(request.body, Object.keys(state.provider.streams));
        const accounts = account === undefined ? state.knownAccounts() : [account];
        const changed = accounts.map(
          (one) => state.collection(one, stream)[change](n, state.instant()).length,
        );
        return { stream, accounts, changed: changed.reduce((sum, rows) => sum + rows, 0) };
      });
    }

    scope.get<Named & { Querystring: Record<string, string> }>('/_control/:type/requests', (request) => {
      const { since, path, account, limit = '10000' } = request.query;
      return find(request).log.read({
        since: since !== undefined && /^\d+$/.test(since) ? Number(since) : since,
        path,
        account,
        limit: Math.max(1, Number(limit) || 1),
      });
    });
  };
}

class UnknownProvider extends Error {
  override readonly name = 'UnknownProvider';
  constructor(type: string, known: string[]) {
    super(`There is no stand-in ${type}; known: ${known.join(', ')}.`);
  }
}

function overview(state: ProviderState) {
  const streams = Object.keys(state.provider.streams);
  return {
    settings: state.controls.snapshot(),
    default_records: state.provider.streams,
    accounts: Object.fromEntries(
      state
        .knownAccounts()
        .map((account) => [
          account,
          Object.fromEntries(streams.map((stream) => [stream, state.collection(account, stream).liveCount])),
        ]),
    ),
  };
}

function checkVariants(settings: { [K in keyof Settings]?: Settings[K] | null }, state: ProviderState): void {
  for (const name of ['throttle', 'fail'] as const) {
    const variant = settings[name]?.variant;
    const known = state.provider.variants[name];
    if (variant !== undefined && !known.includes(variant)) {
      throw new ControlRefused([
        `${name}.variant ${variant} is unknown; known: ${known.join(', ') || 'none'}.`,
      ]);
    }
  }
}

function answerError(error: unknown, reply: FastifyReply): FastifyReply {
  const status =
    error instanceof UnknownProvider ? 404 : ((error as { statusCode?: number }).statusCode ?? 400);
  const message = error instanceof Error ? error.message : String(error);
  return reply.code(status).send({
    error: {
      code: status === 404 ? 'not_found' : status < 500 ? 'invalid_request' : 'internal',
      message,
      ...(error instanceof ControlRefused && { problems: error.problems }),
    },
  });
}
