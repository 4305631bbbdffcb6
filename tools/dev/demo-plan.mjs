// What the workspace Demo shows: a connection in each health, and what the sandbox does to its account to make it true.
// Each connection has an account that nobody else is meant to connect, so nothing of this is felt in another workspace.

/** @typedef {'disconnected' | 'needs_reauth' | 'syncing' | 'rate_limited' | 'error' | 'degraded' | 'stale' | 'healthy'} Health */
/**
 * @typedef {object} DemoConnection
 * @property {string} type the connector's
 * @property {Health} health what it is to show
 * @property {string} [status] where the health alone does not say it
 * @property {string} account whose data it is, as the sandbox names it
 * @property {'admin' | 'editor'} by whose key connects it; a personal one is theirs then
 * @property {Record<string, string>} connect the body's fields beside the connector's type
 * @property {Record<string, unknown>} [nature] how the account is from the start
 * @property {Record<string, unknown>} [fault] what befalls it once its first sync is done, and again at every start
 */

const ALWAYS = 1_000_000_000;
const WEEK_S = 7 * 86_400;

/** @type {readonly DemoConnection[]} */
export const demoConnections = [
  {
    type: 'x',
    health: 'healthy',
    account: '100050646276637541',
    by: 'admin',
    connect: { account_handle: 'northwind', display_name: 'Northwind' },
    // One every seven hours: a year of them, and what the newest have come to is not told yet.
    nature: { records: { posts: 1_300, unmeasured: 2 } },
  },
  {
    type: 'linkedin',
    health: 'healthy',
    account: '50646376637541',
    by: 'admin',
    connect: { account_handle: 'northwind' },
    // One every twenty hours: more than a year.
    nature: { records: { posts: 450, unmeasured: 1 } },
  },
  {
    type: 'gmail',
    health: 'syncing',
    account: '7105',
    by: 'editor',
    connect: {},
    // A message a second: half a day's work, and little enough to wait for when everything is stopped.
    nature: { records: { messages: 50_000 }, latency_ms: 1_000 },
  },
  {
    type: 'slack',
    health: 'needs_reauth',
    account: '7109',
    by: 'admin',
    connect: {},
    fault: { revoke_tokens: true },
  },
  {
    type: 'pylon',
    health: 'rate_limited',
    account: '7108',
    by: 'admin',
    connect: { api_key: 'sandbox_pylon_7108' },
    fault: { throttle: { after: 0, for_s: WEEK_S } },
  },
  {
    type: 'pipedrive',
    health: 'error',
    account: '7101',
    by: 'admin',
    connect: { api_key: 'sandbox_7101' },
    fault: { fail: { status: 403, times: ALWAYS } },
  },
  {
    type: 'hubspot',
    health: 'degraded',
    account: '7104711',
    by: 'admin',
    connect: {},
    // As when somebody takes a permission from the app: one stream is closed, the others go on.
    fault: { fail: { status: 403, times: ALWAYS, path: '/tickets' } },
  },
  {
    type: 'fathom',
    health: 'disconnected',
    account: '7102',
    by: 'admin',
    connect: { api_key: 'sandbox_7102' },
  },
  {
    // Asked for and not approved: "Connecting".
    type: 'notion',
    health: 'needs_reauth',
    status: 'pending',
    account: '7107',
    by: 'admin',
    connect: {},
  },
  {
    // Connected, synced and paused days ago: see demo-past.ts, which says what so few notes come to.
    type: 'granola',
    health: 'stale',
    status: 'paused',
    account: '7103',
    by: 'admin',
    connect: { api_key: 'grn_sandbox_7103' },
    nature: { records: { notes: 12, folders: 5 } },
  },
];

/**
 * Sets what the demo's accounts are, and what befalls them, for these accounts alone.
 * @param {string} sandboxUrl
 * @param {'nature' | 'fault'} what
 */
export async function controlDemo(sandboxUrl, what) {
  await Promise.all(
    demoConnections.map(
      async (connection) => connection[what] && (await control(sandboxUrl, connection, what)),
    ),
  );
}

/**
 * @param {string} sandboxUrl
 * @param {DemoConnection} connection
 * @param {'nature' | 'fault' | Record<string, unknown>} what
 */
export async function control(sandboxUrl, connection, what) {
  const settings = typeof what === 'string' ? connection[what] : what;
  const answer = await fetch(`${sandboxUrl}/_control/${connection.type}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: connection.account, ...settings }),
  });
  if (!answer.ok) throw new Error(`The sandbox refuses a control: ${await answer.text()}`);
}
