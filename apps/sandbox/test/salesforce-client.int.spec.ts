import { createHash, randomBytes } from 'node:crypto';
import jsforce from 'jsforce';
import { createSandbox, type Sandbox, sandboxCredentials } from '../src/index.js';
import { type Loose } from './loose.js';

const redirectUri = 'http://localhost/callback';
const { client_id: clientId, client_secret: clientSecret } = sandboxCredentials.salesforce;

describe('Salesforce, read by the client that most use', () => {
  let sandbox: Sandbox;
  let session: { accessToken: string; refreshToken: string; instanceUrl: string };
  beforeAll(async () => {
    sandbox = await createSandbox();
    session = await signIn();
  });
  afterAll(() => sandbox.close());
  beforeEach(() => control('DELETE', ''));

  const control = (method: string, path: string, body?: object) =>
    fetch(`${sandbox.url}/_control/salesforce${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const oauth2 = () =>
    new jsforce.OAuth2({ loginUrl: `${sandbox.url}/salesforce`, clientId, clientSecret, redirectUri });
  const client = (more: object = {}) => {
    const { accessToken, instanceUrl } = session;
    return new jsforce.Connection({ accessToken, instanceUrl, version: '62.0', ...more });
  };

  /** Goes through the consent page, with the challenge that the page wants. */
  async function signIn(account = '5001'): Promise<typeof session> {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const url = new URL(
      oauth2().getAuthorizationUrl({
        scope: 'api refresh_token',
        code_challenge: challenge,
        code_challenge_method: 'S256',
      }),
    );
    url.searchParams.set('sandbox_decision', 'approve');
    url.searchParams.set('sandbox_account', account);
    const approved = await fetch(url, { redirect: 'manual' });
    const code = new URL(approved.headers.get('location')!).searchParams.get('code')!;
    const answer: Loose = await oauth2().requestToken(code, { code_verifier: verifier });
    const { access_token: accessToken, refresh_token: refreshToken, instance_url: instanceUrl } = answer;
    return { accessToken, refreshToken, instanceUrl };
  }

  it('signs in at an address of the org’s own, and says who it is', async () => {
    const { accessToken, instanceUrl } = session;
    expect(instanceUrl).toBe(`${sandbox.url}/salesforce/org-5001`);
    const identity: Loose = await client().identity();
    expect(accessToken.startsWith(`${identity.organization_id.slice(0, 15)}!`)).toBe(true);
    // A session is good nowhere else.
    const elsewhere = client({ instanceUrl: `${sandbox.url}/salesforce/org-5002` });
    await expect(elsewhere.query('SELECT Id FROM Account')).rejects.toMatchObject({
      errorCode: 'INVALID_SESSION_ID',
    });
  });

  it('asks for a challenge', async () => {
    const url = oauth2().getAuthorizationUrl({ scope: 'api' });
    expect((await fetch(`${url}&sandbox_decision=approve`, { redirect: 'manual' })).status).toBe(400);
  });

  it('pages to the end with locators, 2,000 rows a page', async () => {
    await expect(client().query('SELECT Id, Account.Name FROM Contact')).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD',
    });
    const page: Loose = await client().query('SELECT Id, Name, SystemModstamp FROM Contact', {
      autoFetch: false,
    });
    expect(page).toMatchObject({ totalSize: 2_300, done: false });
    expect(page.nextRecordsUrl).toMatch(/\/services\/data\/v62\.0\/query\/0r8\w{15}-2000$/);
    const rest: Loose = await client().queryMore(page.nextRecordsUrl);
    expect(rest).toMatchObject({ totalSize: 2_300, done: true });
    const ids = [...page.records, ...rest.records].map(({ Id }: Loose) => Id as string);
    expect(new Set(ids).size).toBe(2_300);
    expect(ids.every((id) => /^003\w{15}$/.test(id))).toBe(true);
    expect(page.records[0].SystemModstamp).toMatch(/^2023-01-01T\d\d:\d\d:\d\d\.000\+0000$/);
  });

  it('a locator that expired is refused', async () => {
    const page: Loose = await client().query('SELECT Id FROM Contact', { autoFetch: false });
    await control('PUT', '', { expire_cursors: true });
    await expect(client().queryMore(page.nextRecordsUrl)).rejects.toMatchObject({
      errorCode: 'INVALID_QUERY_LOCATOR',
    });
  });

  it('finds by condition, by time and in the bin', async () => {
    await control('POST', '/touch', { account: '5001', stream: 'accounts', n: 4 });
    await control('POST', '/delete', { account: '5001', stream: 'accounts', n: 1 });
    const since = jsforce.SfDate.toDateTimeLiteral(new Date(Date.now() - 60_000)).toString();
    const all = async (where: string, scanAll = false): Promise<Loose> =>
      await client().query(
        `SELECT Id, IsDeleted FROM Account WHERE ${where} ORDER BY SystemModstamp DESC, Id`,
        {
          scanAll,
        },
      );
    expect((await all(`SystemModstamp >= ${since}`, true)).totalSize).toBeGreaterThanOrEqual(4);
    expect((await all('IsDeleted = true', true)).records).toHaveLength(3);
    expect((await all('IsDeleted = true')).records).toHaveLength(0);
    const found: Loose = await client()
      .sobject('Account')
      .find({ Type: 'Customer' }, ['Id', 'Type'])
      .limit(5);
    expect(found).toHaveLength(5);
    expect(found.every(({ Type }: Loose) => Type === 'Customer')).toBe(true);
  });

  it('describes what may be seen; what may not fails the whole query', async () => {
    const described = await client().sobject('Account').describe();
    const names = described.fields.map(({ name }) => name);
    expect(names).toContain('Name');
    expect(names).not.toContain('AnnualRevenue');
    await expect(client().query('SELECT Id, AnnualRevenue FROM Account')).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD',
    });
    await expect(client().sobject('Nothing').describe()).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
    await expect(client().query('SELECT Id FROM Nothing')).rejects.toMatchObject({
      errorCode: 'INVALID_TYPE',
    });
    await expect(client().query('SELECT FROM')).rejects.toMatchObject({ errorCode: 'MALFORMED_QUERY' });
  });

  it('relates: the account of a contact, the opportunity of a role', async () => {
    const idsOf = async (object: string) => {
      const found: Loose = await client().query(`SELECT Id FROM ${object}`);
      return new Set(found.records.map(({ Id }: Loose) => Id));
    };
    const [accounts, opportunities] = [await idsOf('Account'), await idsOf('Opportunity')];
    const contacts: Loose = await client().query('SELECT AccountId FROM Contact WHERE AccountId != null');
    expect(contacts.records.every(({ AccountId }: Loose) => accounts.has(AccountId))).toBe(true);
    const roles: Loose = await client().query('SELECT OpportunityId FROM OpportunityContactRole');
    expect(roles.records.every(({ OpportunityId }: Loose) => opportunities.has(OpportunityId))).toBe(true);
  });

  it('throttles with 403, and says how much of the day is spent', async () => {
    const connection = client();
    await connection.query('SELECT Id FROM User');
    expect(connection.limitInfo.apiUsage).toMatchObject({ limit: 100_000 });
    await control('PUT', '', { throttle: { after: 0, for_s: 60, variant: 'daily' } });
    await expect(client().query('SELECT Id FROM User')).rejects.toMatchObject({
      errorCode: 'REQUEST_LIMIT_EXCEEDED',
    });
  });

  it('renews an expired session by itself', async () => {
    const { refreshToken } = session;
    const connection = client({ oauth2: oauth2(), refreshToken });
    await control('PUT', '', { expire_tokens: true });
    const { totalSize } = await connection.query('SELECT Id FROM User');
    expect(totalSize).toBe(25);
    expect(connection.accessToken).not.toBe(session.accessToken);
  });

  it('rotates where the org wants it: played again, a used token ends the grant', async () => {
    await control('PUT', '', { rotate_refresh_tokens: true });
    const { refreshToken } = await signIn('5003');
    const rotated: Loose = await oauth2().refreshToken(refreshToken);
    expect(rotated.refresh_token).not.toBe(refreshToken);
    await expect(oauth2().refreshToken(refreshToken)).rejects.toMatchObject({ name: 'invalid_grant' });
    await expect(oauth2().refreshToken(rotated.refresh_token)).rejects.toMatchObject({
      name: 'invalid_grant',
    });
  });

  it('revokes a grant with its sessions, and no other', async () => {
    const [one, other] = [await signIn('5004'), await signIn('5004')];
    await oauth2().revokeToken(one.refreshToken);
    const rows = ({ accessToken, instanceUrl }: typeof one) =>
      new jsforce.Connection({ accessToken, instanceUrl, version: '62.0' }).query('SELECT Id FROM User');
    await expect(rows(one)).rejects.toMatchObject({ errorCode: 'INVALID_SESSION_ID' });
    await expect(rows(other)).resolves.toMatchObject({ totalSize: 25 });
    await expect(oauth2().revokeToken(one.refreshToken)).rejects.toThrow();
  });
});
