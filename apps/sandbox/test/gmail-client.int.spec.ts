import { auth, gmail, type gmail_v1 } from '@googleapis/gmail';
import { createSandbox, type Sandbox, sandboxCredentials } from '../src/index.js';

const redirectUri = 'http://localhost/callback';
const scope = ['https://www.googleapis.com/auth/gmail.readonly'];

describe('Gmail, read by Google’s own client', () => {
  let sandbox: Sandbox;
  let api: gmail_v1.Gmail;
  beforeAll(async () => {
    sandbox = await createSandbox();
    api = read(await signIn('5001'));
  });
  afterAll(() => sandbox.close());
  beforeEach(() => control('DELETE', ''));

  const control = (method: string, path: string, body?: object) =>
    fetch(`${sandbox.url}/_control/gmail${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const client = () => {
    const { client_id: clientId, client_secret: clientSecret } = sandboxCredentials.gmail;
    const at = (path: string) => `${sandbox.url}/gmail${path}`;
    const endpoints = {
      oauth2AuthBaseUrl: at('/o/oauth2/v2/auth'),
      oauth2TokenUrl: at('/token'),
      oauth2RevokeUrl: at('/revoke'),
    };
    return new auth.OAuth2({ clientId, clientSecret, redirectUri, endpoints });
  };
  type Client = ReturnType<typeof client>;
  /** The client keeps of another address the origin alone: what is asked of Google goes to the stand-in instead. */
  const transport: typeof fetch = (url, init) => {
    const { pathname, search } = new URL(url instanceof Request ? url.url : url);
    return fetch(`${sandbox.url}/gmail${pathname}${search}`, init);
  };
  const read = (signedIn: Client) =>
    gmail({ version: 'v1', auth: signedIn, retry: false, fetchImplementation: transport });

  /** @param prompt `consent` asks again whoever has consented before */
  async function signIn(account: string, prompt = 'consent'): Promise<Client> {
    const own = client();
    const { codeVerifier, codeChallenge } = await own.generateCodeVerifierAsync();
    const url = own.generateAuthUrl({
      access_type: 'offline',
      prompt,
      scope,
      code_challenge: codeChallenge!,
      // The enumeration is not exported by this package.
      code_challenge_method: 'S256' as never,
    });
    const page = `${url}&sandbox_decision=approve&sandbox_account=${account}`;
    const approved = await fetch(page, { redirect: 'manual' });
    const back = new URL(approved.headers.get('location')!).searchParams;
    expect(back.get('iss')).toBe('https://accounts.google.com');
    const { tokens } = await own.getToken({ code: back.get('code')!, codeVerifier });
    own.setCredentials(tokens);
    return own;
  }

  it('signs in with PKCE; the refresh token comes with the consent and with nothing else', async () => {
    const first = await signIn('5002');
    expect(first.credentials).toMatchObject({ token_type: 'Bearer', scope: scope[0] });
    const { refresh_token: refreshToken } = first.credentials;
    expect(refreshToken).toBeTruthy();
    expect((await signIn('5002', 'none')).credentials.refresh_token).toBeUndefined();
    const before = first.credentials.access_token;
    const { credentials } = await first.refreshAccessToken();
    expect(credentials.access_token).not.toBe(before);
    expect((await read(first).users.getProfile({ userId: 'me' })).data.emailAddress).toBe(
      'User.5002@example.test',
    );
    await first.revokeToken(refreshToken!);
    await expect(first.refreshAccessToken()).rejects.toMatchObject({
      response: { data: { error: 'invalid_grant' } },
    });
    await expect(first.revokeToken(refreshToken!)).rejects.toMatchObject({
      response: { data: { error: 'invalid_token' } },
    });
  });

  it('lists ids, and reads each message in the form that is asked for', async () => {
    const ids = new Set<string>();
    let rows = 0;
    let pageToken: string | undefined;
    do {
      const { data } = await api.users.messages.list({
        userId: 'me',
        maxResults: 90,
        ...(pageToken && { pageToken }),
      });
      for (const { id } of data.messages ?? []) ids.add(id!);
      rows += data.messages?.length ?? 0;
      pageToken = data.nextPageToken ?? undefined;
    } while (pageToken);
    expect(ids.size).toBe(240);
    // A row at a border comes twice.
    expect(rows).toBe(242);
    const id = [...ids][0]!;
    const { data: full } = await api.users.messages.get({ userId: 'me', id });
    const { data: minimal } = await api.users.messages.get({ userId: 'me', id, format: 'minimal' });
    const { data: metadata } = await api.users.messages.get({
      userId: 'me',
      id,
      format: 'metadata',
      metadataHeaders: ['to', 'Date'],
    });
    expect(minimal.payload).toBeUndefined();
    expect(metadata.payload?.headers).toHaveLength(2);
    const { data: text } = full.payload!.parts![0]!.body!;
    expect(Buffer.from(text!, 'base64url').byteLength).toBe(full.payload!.parts![0]!.body!.size);
    expect({ ...full, payload: undefined }).toEqual({ ...minimal, payload: undefined });
    const { data: thread } = await api.users.threads.get({ userId: 'me', id: full.threadId! });
    expect(thread.messages?.map((one) => one.id)).toContain(id);
    const { data: bin } = await api.users.messages.list({
      userId: 'me',
      includeSpamTrash: true,
      maxResults: 500,
    });
    expect(bin.messages).toHaveLength(246);
  });

  it('tells what happened, and forgets it', async () => {
    const history = async (startHistoryId: string) => {
      const records: gmail_v1.Schema$History[] = [];
      let pageToken: string | undefined;
      do {
        const { data } = await api.users.history.list({
          userId: 'me',
          startHistoryId,
          ...(pageToken && { pageToken }),
        });
        records.push(...(data.history ?? []));
        pageToken = data.nextPageToken ?? undefined;
      } while (pageToken);
      return records;
    };
    const { data: before } = await api.users.getProfile({ userId: 'me' });
    expect(await history(before.historyId!)).toEqual([]);
    await control('POST', '/create', { stream: 'messages', n: 1 });
    await control('POST', '/touch', { stream: 'messages', n: 1 });
    await control('POST', '/delete', { stream: 'messages', n: 1 });
    const records = await history(before.historyId!);
    const kinds = new Set(records.flatMap((record) => Object.keys(record)));
    expect([...kinds]).toEqual(expect.arrayContaining(['messagesAdded', 'messagesDeleted']));
    const { data: after } = await api.users.getProfile({ userId: 'me' });
    expect(BigInt(after.historyId!)).toBeGreaterThan(BigInt(before.historyId!));
    expect(await history(after.historyId!)).toEqual([]);
    await control('PUT', '', { expire_cursors: true });
    await expect(history(after.historyId!)).rejects.toMatchObject({ code: 404 });
  });

  it('refuses in Google’s words', async () => {
    await control('PUT', '', { throttle: { after: 0, for_s: 9 } });
    await expect(api.users.labels.list({ userId: 'me' })).rejects.toMatchObject({
      code: 429,
      response: {
        data: {
          error: {
            message: expect.stringMatching(/Retry after \d{4}-.*Z/) as string,
            errors: [{ domain: 'usageLimits', reason: 'rateLimitExceeded' }],
          },
        },
      },
    });
    await control('PUT', '', { throttle: null });
    await expect(api.users.messages.get({ userId: 'me', id: '18ff' })).rejects.toMatchObject({ code: 404 });
    await expect(api.users.labels.list({ userId: 'someone@example.test' })).rejects.toMatchObject({
      code: 403,
    });
  });
});
