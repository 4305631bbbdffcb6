import { LogLevel, WebClient } from '@slack/web-api';
import { createSandbox, type Sandbox, sandboxCredentials } from '../src/index.js';

const redirect_uri = 'http://localhost/callback';
const scope = 'channels:read,groups:read,channels:history,users:read,team:read';

describe('Slack, read by Slack’s own client', () => {
  let sandbox: Sandbox;
  let token: string;
  beforeAll(async () => {
    sandbox = await createSandbox();
    token = (await signIn()).access_token!;
  });
  afterAll(() => sandbox.close());
  beforeEach(() => control('DELETE', ''));

  const control = (method: string, path: string, body?: object) =>
    fetch(`${sandbox.url}/_control/slack${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const client = (auth?: string) =>
    new WebClient(auth, {
      slackApiUrl: `${sandbox.url}/slack/api/`,
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
      logLevel: LogLevel.ERROR,
    });

  async function signIn() {
    const { client_id, client_secret } = sandboxCredentials.slack;
    const query = new URLSearchParams({ client_id, redirect_uri, scope, sandbox_decision: 'approve' });
    const approved = await fetch(`${sandbox.url}/slack/oauth/v2/authorize?${query}`, { redirect: 'manual' });
    const code = new URL(approved.headers.get('location')!).searchParams.get('code')!;
    return client().oauth.v2.access({ client_id, client_secret, code, redirect_uri });
  }

  it('signs in with rotation: each refresh token is good once', async () => {
    const { client_id, client_secret } = sandboxCredentials.slack;
    const first = await signIn();
    expect(first).toMatchObject({
      ok: true,
      token_type: 'bot',
      scope,
      expires_in: 43_200,
      team: { id: 'T9001' },
    });
    const refresh = () =>
      client().oauth.v2.access({
        client_id,
        client_secret,
        grant_type: 'refresh_token',
        refresh_token: first.refresh_token!,
      });
    expect((await refresh()).access_token).not.toBe(first.access_token);
    await expect(refresh()).rejects.toMatchObject({ data: { error: 'invalid_refresh_token' } });
  });

  it('pages users, channels, history and threads to their ends', async () => {
    const slack = client(token);
    let users = 0;
    for await (const page of slack.paginate('users.list', { limit: 15 })) {
      users += (page as unknown as { members: unknown[] }).members.length;
    }
    expect(users).toBe(40);
    const { channels = [] } = await slack.conversations.list({ types: 'public_channel,private_channel' });
    const inside = channels.filter(({ is_member }) => is_member);
    expect(inside).toHaveLength(9);
    let said = 0;
    for await (const page of slack.paginate('conversations.history', {
      channel: inside[0]!.id!,
      limit: 90,
    })) {
      said += (page as unknown as { messages: unknown[] }).messages.length;
    }
    expect(said).toBe(300);
    const { messages = [] } = await slack.conversations.history({ channel: inside[0]!.id! });
    expect([...messages].sort((a, b) => Number(b.ts) - Number(a.ts))).toEqual(messages);
    const parent = messages.find(({ reply_count: count }) => count)!;
    const thread = await slack.conversations.replies({ channel: inside[0]!.id!, ts: parent.ts! });
    expect(thread.messages).toHaveLength(parent.reply_count! + 1);
    expect(thread.messages!.at(-1)!.ts).toBe(parent.latest_reply);
    expect(thread.messages!.every(({ thread_ts }) => thread_ts === parent.ts)).toBe(true);
  });

  it('refuses with status 200, and throttles with 429', async () => {
    const slack = client(token);
    const { channels = [] } = await slack.conversations.list();
    const outside = channels.find(({ is_member }) => !is_member)!;
    await expect(slack.conversations.history({ channel: outside.id! })).rejects.toMatchObject({
      data: { ok: false, error: 'not_in_channel' },
    });
    await expect(client('xoxb-wrong').auth.test()).rejects.toMatchObject({ data: { error: 'invalid_auth' } });
    const { response_metadata: next } = await slack.users.list({ limit: 5 });
    await control('PUT', '', { expire_cursors: true });
    await expect(slack.users.list({ limit: 5, cursor: next!.next_cursor! })).rejects.toMatchObject({
      data: { error: 'invalid_cursor' },
    });
    await control('PUT', '', { throttle: { after: 0, for_s: 9 } });
    await expect(slack.users.list({})).rejects.toMatchObject({ retryAfter: 9 });
  });
});
