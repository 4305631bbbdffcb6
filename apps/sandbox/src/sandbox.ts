import formBody from './form-body.js';
import Fastify, { type FastifyInstance } from 'fastify';
import { installFaults, installLog, refuse } from './control/faults.js';
import { controlRoutes } from './control/routes.js';
import { Aircall } from './providers/aircall/aircall.js';
import { Fathom } from './providers/fathom/fathom.js';
import { Fireflies } from './providers/fireflies/fireflies.js';
import { Gmail } from './providers/gmail/gmail.js';
import { Gong } from './providers/gong/gong.js';
import { Grain } from './providers/grain/grain.js';
import { Granola } from './providers/granola/granola.js';
import { HubSpot } from './providers/hubspot/hubspot.js';
import { LinkedIn } from './providers/linkedin/linkedin.js';
import { Notion } from './providers/notion/notion.js';
import { Outlook } from './providers/outlook/outlook.js';
import { Pipedrive } from './providers/pipedrive/pipedrive.js';
import { type Provider } from './providers/provider.js';
import { ProviderState } from './providers/provider-state.js';
import { Pylon } from './providers/pylon/pylon.js';
import { Salesforce } from './providers/salesforce/salesforce.js';
import { Slack } from './providers/slack/slack.js';
import { X } from './providers/x/x.js';
import { type Person } from './sign-in/people.js';
import { signInRoutes } from './sign-in/routes.js';

export interface SandboxOptions {
  /** TCP port on 127.0.0.1; 0 or absent takes a free one. */
  port?: number;
  /** Who can sign in at the OpenID provider, beside a stranger and somebody without a verified address. */
  people?: readonly Person[];
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>`; each provider lies below `/<type>`, the OpenID provider at `/oidc`, the controls below `/_control`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the stand-ins on one HTTP server of 127.0.0.1.
 * @throws when the port is taken
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const app = Fastify({
    // A kept-alive connection of a puller must not hold up the end of a test run.
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2000 },
    bodyLimit: 4 * 1024 * 1024,
  });
  formBody(app);
  const states = new Map<string, ProviderState>();
  for (const provider of [
    new HubSpot(),
    new Salesforce(),
    new Pipedrive(),
    new Gong(),
    new Fathom(),
    new Aircall(),
    new Grain(),
    new Granola(),
    new Fireflies(),
    new X(),
    new LinkedIn(),
    new Pylon(),
    new Notion(),
    new Gmail(),
    new Outlook(),
    new Slack(),
  ]) {
    const state = new ProviderState(provider);
    states.set(provider.type, state);
    await app.register((scope) => mount(scope, provider, state), { prefix: `/${provider.type}` });
  }
  await app.register(async (scope) => controlRoutes(states)(scope));
  await app.register(async (scope) => signInRoutes(scope, options.people ?? []));
  const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  return { url, close: () => app.close() };
}

async function mount(scope: FastifyInstance, provider: Provider, state: ProviderState): Promise<void> {
  installLog(scope, provider, state);
  scope.setNotFoundHandler((_request, reply) => refuse(reply, provider.failure(404, undefined)));
  scope.setErrorHandler((error, _request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status >= 500) process.stderr.write(`sandbox ${provider.type}: ${String((error as Error).stack)}\n`);
    return refuse(reply, provider.failure(status, undefined));
  });
  await scope.register(async (signIn) => {
    signIn.addHook('onRoute', (route) => void (route.config = { ...route.config, signIn: true }));
    installFaults(signIn, provider, state);
    provider.signInRoutes?.(signIn, state);
  });
  await scope.register(async (data) => {
    data.addHook('preHandler', async (request, reply) => {
      const refusal = provider.authenticate(request, state);
      if (refusal) return refuse(reply, refusal);
    });
    installFaults(data, provider, state);
    provider.dataRoutes(data, state);
  });
}
