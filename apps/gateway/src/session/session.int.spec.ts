import type { RunningService } from '@connections/platform';
import { eventually, type Browser } from '@connections/testing';

import { EventSourceClient } from '../../test/event-source.js';
import { House, type Caller } from '../../test/house.js';
import { startGateway } from '../index.js';

let house: House;
let second: RunningService;

beforeAll(async () => {
  house = await House.start(['access', 'projection', 'gateway']);
  second = await startGateway();
}, 60_000);
afterAll(async () => {
  await second?.close();
  await house?.close();
}, 60_000);

const SESSION = 'connections_session';
const codeOf = ({ status, body }: { status: number; body?: { error?: { code: string } } }) =>
  body?.error?.code ?? status;

/** A member with a console session, and the cookie that is it. */
async function signedIn(role: 'admin' | 'editor' | 'viewer' = 'admin', workspaceId?: string) {
  const member = await house.member(role, workspaceId);
  const { cookie, csrf } = await house.session(member);
  const browser = house.browser(cookie);
  expect(codeOf(await browser.request('GET', 'me'))).toBe(200);
  return { member, browser, cookie, writing: { 'X-CSRF-Token': csrf } };
}

const asked = async (cookie: string, path = 'me', url = house.service('gateway').url) => {
  const answer = await fetch(`${url}/api/platform/v1/${path}`, { headers: { Cookie: cookie } });
  return codeOf({ status: answer.status, body: (await answer.json()) as { error?: { code: string } } });
};
/** What either replica comes to say within a second. */
const within = async (cookie: string, expected: unknown) => {
  for (const { url } of [house.service('gateway'), second]) {
    await eventually(async () => expect(await asked(cookie, 'me', url)).toBe(expected), { timeoutMs: 1000 });
  }
};
/** As time would: sets columns of the member's session. */
const aged = ({ userId }: Caller, columns: string) =>
  house.inAccess(`UPDATE console_session SET ${columns} WHERE user_id = $1`, [userId]);

describe('a session', () => {
  it('tells its CSRF token and its end, to itself alone', async () => {
    const { member, browser, writing } = await signedIn();
    const { body } = await browser.request('GET', 'session');
    expect(Object.keys(body).sort()).toEqual(['csrf_token', 'expires_at', 'signed_in_at']);
    expect(body.csrf_token).toBe(writing['X-CSRF-Token']);
    expect(Date.parse(body.expires_at) - Date.parse(body.signed_in_at)).toBe(24 * 60 * 60 * 1000);
    expect(codeOf(await house.request('GET', 'session'))).toBe('unauthenticated');
    expect(codeOf(await house.request('GET', 'session', member))).toBe('not_found');
    expect(codeOf(await house.request('DELETE', 'session', member))).toBe('not_found');
  });

  it('is stored as a hash only', async () => {
    const { member, cookie } = await signedIn();
    const [row] = await house.inAccess('SELECT * FROM console_session WHERE user_id = $1', [member.userId]);
    expect(Object.keys(row ?? {})).toContain('token_hash');
    expect(JSON.stringify(row)).not.toContain(cookie.split('=')[1]);
  });

  it('does what its member’s role allows, as it changes', async () => {
    const { member: admin } = await signedIn();
    const { member, browser, writing } = await signedIn('editor', admin.workspaceId);
    expect(codeOf(await browser.request('POST', 'connections', writing, {}))).toBe('invalid_request');
    await house.request('PATCH', `members/${member.userId}`, admin, { role: 'viewer' });
    expect(codeOf(await browser.request('POST', 'connections', writing, {}))).toBe('missing_scope');
    await house.request('PUT', 'settings/apps/connections', admin, { enabled: false });
    expect(codeOf(await browser.request('GET', 'connections'))).toBe('app_disabled');
  });

  it('hands on what its member may do', async () => {
    const { browser, writing } = await signedIn();
    const key = { name: 'mine', scopes: ['connections:read', 'keys:manage'] };
    expect((await browser.request('POST', 'api-keys', writing, key)).status).toBe(201);
    const beyond = { name: 'mine', scopes: ['platform:write'] };
    expect(codeOf(await browser.request('POST', 'api-keys', writing, beyond))).toBe('missing_scope');
  });

  it.each([
    ['unused for its idle time', `last_seen_at = now() - interval '121 minutes'`],
    ['past its lifetime, however busy', `signed_in_at = now() - interval '1441 minutes'`],
  ])('ends when it is %s', async (_when, columns) => {
    const { member, cookie } = await signedIn();
    await aged(member, columns);
    await within(cookie, 'unauthenticated');
  });

  it('goes on while its member is there', async () => {
    const { member, browser, cookie } = await signedIn();
    await aged(member, `last_seen_at = now() - interval '119 minutes'`);
    await eventually(async () => {
      await browser.request('GET', 'me');
      const seen = `SELECT 1 FROM console_session WHERE user_id = $1 AND last_seen_at > now() - interval '1 minute'`;
      expect(await house.inAccess(seen, [member.userId])).toHaveLength(1);
    });
    expect(await asked(cookie)).toBe(200);
  });
});

describe('its token', () => {
  const due = (member: Caller) => aged(member, `rotated_at = now() - interval '16 minutes'`);
  /** Asks until it is given another one. */
  const rotated = (browser: Browser) => {
    const before = browser.cookie(SESSION)?.value;
    return eventually(async () => {
      await browser.request('GET', 'me');
      const token = browser.cookie(SESSION)?.value;
      return token === before ? null : `${SESSION}=${token}`;
    });
  };

  it('is changed from time to time; the one before holds for a moment', async () => {
    const { member, browser, cookie, writing } = await signedIn();
    await due(member);
    const next = (await rotated(browser)) as string;
    expect(browser.cookie(SESSION)?.attributes).toContain('HttpOnly; Secure; SameSite=Lax');
    expect([await asked(cookie), await asked(next)]).toEqual([200, 200]);
    expect(await browser.csrf()).toEqual(writing);
    await aged(member, 'previous_until = now()');
    await within(cookie, 'unauthenticated');
    await within(next, 200);
  });

  it('is changed once by requests at once, at whichever replica', async () => {
    const { member, cookie } = await signedIn();
    await due(member);
    const given = new Set<string>();
    await eventually(async () => {
      const urls = [house.service('gateway').url, second.url];
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_none, index) =>
          fetch(`${urls[index % 2]}/api/platform/v1/me`, { headers: { Cookie: cookie } }),
        ),
      );
      for (const { headers } of answers)
        for (const line of headers.getSetCookie()) given.add(line.split(';')[0] ?? '');
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
      expect(given.size).toBeGreaterThan(0);
    });
    expect(given.size).toBe(1);
    await within([...given][0] ?? '', 200);
  });

  it('signs out by the one before, too', async () => {
    const { member, browser, cookie, writing } = await signedIn();
    await due(member);
    const next = (await rotated(browser)) as string;
    await house.request('DELETE', 'session', undefined, undefined, { Cookie: cookie, ...writing });
    await within(cookie, 'unauthenticated');
    await within(next, 'unauthenticated');
  });

  it('is no API key', async () => {
    const { cookie } = await signedIn();
    const token = cookie.split('=')[1] ?? '';
    const headerOf: Record<string, string>[] = [{ 'X-API-Key': token }, { Authorization: `Bearer ${token}` }];
    for (const headers of headerOf) {
      expect(codeOf(await house.request('GET', 'me', undefined, undefined, headers))).toBe('unauthenticated');
    }
    expect(await asked(cookie)).toBe(200);
  });
});

describe('a write', () => {
  it('needs the session’s own CSRF token', async () => {
    const { browser, writing } = await signedIn();
    const { writing: others } = await signedIn();
    const outcome = async (headers: Record<string, string>) =>
      codeOf(await browser.request('POST', 'members', headers, {}));
    expect(await outcome({})).toBe('csrf_failed');
    expect(await outcome({ 'X-CSRF-Token': '' })).toBe('csrf_failed');
    expect(await outcome(others)).toBe('csrf_failed');
    expect(await outcome(writing)).toBe('invalid_request');
    expect(codeOf(await browser.request('DELETE', 'session'))).toBe('csrf_failed');
  });

  it('comes from no page of others', async () => {
    const { browser, writing } = await signedIn();
    const outcome = async (Origin: string) =>
      codeOf(await browser.request('POST', 'members', { ...writing, Origin }, {}));
    for (const origin of [
      'https://evil.test',
      'null',
      'http://localhost.evil.test',
      'http://localhost:8080',
    ]) {
      expect(await outcome(origin)).toBe('origin_not_allowed');
    }
    for (const origin of ['http://localhost', house.service('gateway').url]) {
      expect(await outcome(origin)).toBe('invalid_request');
    }
  });

  it('is refused for its route first', async () => {
    const { browser } = await signedIn();
    expect(codeOf(await browser.request('POST', 'nowhere', {}, {}))).toBe('not_found');
    expect(codeOf(await browser.request('PUT', 'members', {}, {}))).toBe('method_not_allowed');
  });

  it('with an API key beside the cookie needs none', async () => {
    const { member, browser } = await signedIn();
    const answer = await browser.request('POST', 'members', { 'X-API-Key': member.key }, {});
    expect(codeOf(answer)).toBe('invalid_request');
  });
});

describe('beside a header', () => {
  it('the cookie does not count, whatever the header holds', async () => {
    const { browser } = await signedIn();
    const other = await house.member('viewer');
    const who = async (headers: Record<string, string>) => {
      const answer = await browser.request('GET', 'me', headers);
      return answer.body.user_id ?? codeOf(answer);
    };
    expect(await who({ 'X-API-Key': other.key })).toBe(other.userId);
    expect(await who({ Authorization: `Bearer ${other.key}` })).toBe(other.userId);
    expect(await who({ 'X-API-Key': 'amdahl_sk_live_wrong' })).toBe('unauthenticated');
    expect(await who({ 'X-API-Key': '' })).toBe('unauthenticated');
    expect(await who({ Authorization: 'Basic dTpw' })).toBe('unauthenticated');
  });

  it('is none at MCP', async () => {
    const { browser, writing } = await signedIn();
    const body = { jsonrpc: '2.0', id: 1, method: 'ping' };
    expect(codeOf(await browser.request('POST', '/mcp', writing, body))).toBe('unauthenticated');
  });
});

describe('it ends', () => {
  const follow = async (cookie: string) => {
    const url = `${second.url}/api/platform/v1/connections/events`;
    const stream = await EventSourceClient.open(url, { Cookie: cookie });
    await eventually(async () => expect(stream.lastEventId).not.toBe(''));
    return stream;
  };
  const closed = (stream: EventSourceClient) => eventually(async () => expect(stream.ended).toBe(true));

  it('by signing out, everywhere, with what is open', async () => {
    const { member, browser, cookie, writing } = await signedIn();
    const stream = await follow(cookie);
    const answer = await browser.request('DELETE', 'session', writing);
    expect([answer.status, answer.body]).toEqual([200, { signed_out: true }]);
    expect(browser.cookie(SESSION)).toBeUndefined();
    await within(cookie, 'unauthenticated');
    await closed(stream);
    const { body } = await house.request('GET', 'audit', member);
    expect(body.entries[0]).toMatchObject({ what: 'session.sign_out', who: { api_key_id: null } });
  });

  it('with its member', async () => {
    const { member: admin } = await signedIn();
    const { member, cookie } = await signedIn('editor', admin.workspaceId);
    const stream = await follow(cookie);
    expect(await asked(cookie, 'me', second.url)).toBe(200);
    await house.request('DELETE', `members/${member.userId}`, admin);
    await within(cookie, 'unauthenticated');
    await closed(stream);
    await expect(house.session(member)).rejects.toMatchObject({ code: 'not_a_member' });
  });

  it('unused, though a stream is open', async () => {
    const { member, cookie } = await signedIn();
    const stream = await follow(cookie);
    await aged(member, `last_seen_at = now() - interval '121 minutes'`);
    await closed(stream);
  });
});
