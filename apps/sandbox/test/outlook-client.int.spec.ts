import graph from '@microsoft/microsoft-graph-client';
import { createSandbox, type Sandbox, sandboxCredentials } from '../src/index.js';
import { type Loose } from './loose.js';

const redirect_uri = 'http://localhost/callback';
const scope = 'offline_access User.Read Mail.Read';
const graphOrigin = 'https://graph.microsoft.com';
const immutable = { prefer: 'IdType="ImmutableId", odata.maxpagesize=20' };

describe('Outlook, read by Microsoft’s own client', () => {
  let sandbox: Sandbox;
  let client: graph.Client;
  beforeAll(async () => {
    sandbox = await createSandbox();
    client = read((await token({ code: await consent() })).access_token);
  });
  afterAll(() => sandbox.close());
  beforeEach(() => control('DELETE', ''));

  const control = (method: string, path: string, body?: object) =>
    fetch(`${sandbox.url}/_control/outlook${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });

  /** The client sends a token, and follows links, over TLS only: what is asked of Graph goes to the stand-in instead. */
  const transport = (): graph.Middleware => ({
    execute: async (context) => {
      const url = String(context.request).replace(graphOrigin, `${sandbox.url}/outlook`);
      const answer = await fetch(url, context.options as RequestInit);
      const text = (await answer.text()).replaceAll(`${sandbox.url}/outlook`, graphOrigin);
      context.response = new Response(text, { status: answer.status, headers: answer.headers });
    },
  });
  function read(accessToken: string): graph.Client {
    const authentication = new graph.AuthenticationHandler({
      getAccessToken: () => Promise.resolve(accessToken),
    });
    authentication.setNext(transport());
    return graph.Client.initWithMiddleware({ middleware: authentication });
  }

  async function consent(): Promise<string> {
    const { client_id } = sandboxCredentials.outlook;
    const query = { client_id, redirect_uri, scope, response_type: 'code', sandbox_decision: 'approve' };
    const url = `${sandbox.url}/outlook/common/oauth2/v2.0/authorize?${new URLSearchParams(query)}`;
    const approved = await fetch(url, { redirect: 'manual' });
    return new URL(approved.headers.get('location')!).searchParams.get('code')!;
  }
  async function token(given: Record<string, string>): Promise<Loose> {
    const grant_type = 'code' in given ? 'authorization_code' : 'refresh_token';
    const form = { ...sandboxCredentials.outlook, redirect_uri, grant_type, ...given };
    const body = new URLSearchParams(form);
    const answer = await fetch(`${sandbox.url}/outlook/common/oauth2/v2.0/token`, { method: 'POST', body });
    return answer.json();
  }

  it('gives a new refresh token with each refresh, and leaves the one before it good', async () => {
    const first = await token({ code: await consent() });
    expect(first).toMatchObject({ token_type: 'Bearer' });
    expect(first.scope).not.toContain('offline_access');
    const refresh_token = first.refresh_token as string;
    const second = await token({ refresh_token });
    expect(second.refresh_token).not.toBe(refresh_token);
    expect((await token({ refresh_token })).access_token).toBeTruthy();
    expect(await token({ refresh_token: 'unknown' })).toMatchObject({
      error: 'invalid_grant',
      error_codes: [50173],
    });
    expect(await client.api('/me').get()).toMatchObject({
      id: 'u-6001',
      mail: 'ada.6001@example.test',
    });
  });

  it('pages folders and messages by links', async () => {
    const top = await client.api('/me/mailFolders').query({ includeHiddenFolders: 'true' }).top(100).get();
    const names = (top.value as { displayName: string }[]).map((one) => one.displayName);
    expect(names).toContain('Conversation Action Settings');
    const inbox = await client.api('/me/mailFolders/inbox').get();
    const below = await client.api(`/me/mailFolders/${inbox.id}/childFolders`).get();
    expect(below.value).toHaveLength(inbox.childFolderCount as number);
    const seen = new Set<string>();
    const first = await client.api('/me/messages').top(100).headers(immutable).get();
    const pages = new graph.PageIterator(client, first, (row: Loose) => Boolean(seen.add(row.id)), {
      headers: immutable,
    });
    await pages.iterate();
    expect(seen.size).toBe(480);
  });

  it('tells a folder’s changes by a link, with ids that outlive a move', async () => {
    const folders = ['inbox', 'sentitems'];
    const links = new Map<string, string>();
    /** Everything that one delta tells. */
    async function delta(link: string): Promise<Loose[]> {
      const told: Loose[] = [];
      const first = await client.api(link).headers(immutable).get();
      const pages = new graph.PageIterator(client, first, (row) => Boolean(told.push(row)), {
        headers: immutable,
      });
      await pages.iterate();
      links.set(link, pages.getDeltaLink()!);
      return told;
    }
    const begun = folders.map((folder) => `/me/mailFolders/${folder}/messages/delta?$select=subject,isRead`);
    const lying: string[] = [];
    for (const link of begun) lying.push(...(await delta(link)).map((row) => row.id as string));
    const nothing = [];
    for (const link of begun) nothing.push(...(await delta(links.get(link)!)));
    expect(nothing).toEqual([]);
    await control('POST', '/touch', { stream: 'messages', n: 480 });
    const told: Loose[] = [];
    for (const link of begun) told.push(...(await delta(links.get(link)!)));
    const removed = told.filter((row) => row['@removed']).map((row) => row.id as string);
    expect(removed.length).toBeGreaterThan(20);
    for (const id of removed) expect(lying).toContain(id);
    // Moved, not deleted.
    const moved = await client
      .api(`/me/messages/${removed[0]}`)
      .headers(immutable)
      .select('parentFolderId')
      .get();
    expect(moved).toMatchObject({ id: removed[0] });
    // What was told of before is told of in part.
    const partial = told.filter((row) => !row['@removed'] && !('subject' in row));
    expect(partial.length).toBeGreaterThan(20);
    await control('PUT', '', { expire_cursors: true });
    await expect(delta(links.get(begun[0]!)!)).rejects.toMatchObject({
      statusCode: 410,
      code: 'SyncStateNotFound',
    });
  });

  it('refuses in Graph’s words', async () => {
    await expect(read('wrong').api('/me').get()).rejects.toMatchObject({
      statusCode: 401,
      code: 'InvalidAuthenticationToken',
    });
    await expect(client.api('/me/messages/unknown').get()).rejects.toMatchObject({
      code: 'ErrorItemNotFound',
    });
    await control('PUT', '', { throttle: { after: 0, for_s: 9.5, variant: 'fraction' } });
    const refusal = await client
      .api('/me/messages')
      .get()
      .catch((error: unknown) => error as graph.GraphError);
    expect(refusal).toMatchObject({ statusCode: 429, code: 'TooManyRequests' });
    expect(refusal.headers.get('retry-after')).toMatch(/^9\.\d{3}$/);
  });
});
