import type { AddressInfo } from 'node:net';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';

import { People, type Person } from './people.js';
import { pickPage } from './pick-page.js';

const PREFIX = '/oidc';

/** `/oidc`: the OpenID provider. `/_control/people`: who can sign in there. */
export function signInRoutes(scope: FastifyInstance, given: readonly Person[]): void {
  const people = new People(given);
  scope.get('/_control/people', () => ({ people: people.all() }));
  scope.put<{ Body: Person }>('/_control/people', ({ body }) => {
    people.put(body);
    return { people: people.all() };
  });
  void scope.register(async (oidc) => mount(oidc, people), { prefix: PREFIX });
}

async function mount(scope: FastifyInstance, people: People): Promise<void> {
  // Made when somebody signs in: its issuer names the port, which is known once the server listens, and most suites need none.
  let provider: Promise<Provider> | undefined;
  const own = () => (provider ??= start());
  const start = async () => {
    const { openIdProvider } = await import('./openid-provider.js');
    return openIdProvider(
      `http://127.0.0.1:${(scope.server.address() as AddressInfo).port}${PREFIX}`,
      people,
    );
  };
  // It reads bodies itself.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));

  scope.get<{ Params: { uid: string } }>('/pick/:uid', (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(pickPage(`${PREFIX}/pick/${request.params.uid}`, people.all())),
  );
  scope.post('/pick/:uid', async (request, reply) => {
    const form = new URLSearchParams(await text(request));
    const subject = form.get('subject');
    if (form.has('refuse') || subject === null || !people.find(subject)) {
      const refusal = { error: 'access_denied', error_description: 'Refused on the page.' };
      return finish(await own(), request, reply, refusal);
    }
    return finish(await own(), request, reply, { login: { accountId: subject, remember: false } });
  });
  scope.all('/*', async (request, reply) => {
    const answer = (await own()).callback();
    // Express's way of telling where something is mounted, which it builds its own URLs by.
    const raw = Object.assign(request.raw, { originalUrl: request.raw.url });
    raw.url = raw.url?.slice(PREFIX.length) || '/';
    // Signed in before is not signed in now: the list is shown each time, and nobody is asked to sign out first.
    raw.headers.cookie = raw.headers.cookie?.replace(/(^|; )_session(\.\w+)?=[^;]*/g, '') || undefined;
    reply.hijack();
    void answer(raw, reply.raw);
  });
}

async function finish(
  provider: Provider,
  { raw }: FastifyRequest,
  reply: FastifyReply,
  result: Parameters<Provider['interactionResult']>[2],
): Promise<FastifyReply> {
  return reply.redirect(await provider.interactionResult(raw, reply.raw, result), 303);
}

async function text({ raw }: FastifyRequest): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of raw) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
