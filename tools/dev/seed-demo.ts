// Fills the workspace Demo, as its members would, in a process of its own beside the services that `npm start` runs, and
// brings each connection to the health that it is to show. Finds what an earlier start has made. Prints what went wrong.
import { setTimeout as sleep } from 'node:timers/promises';

import { demoConnections, control, controlDemo, type DemoConnection } from './demo-plan.mjs';
import { DemoClient, type Connection } from './demo-client.js';
import { connectInThePast } from './demo-past.js';
import type { SeedPlan } from './seed-plan.mjs';

const FIRST_SYNC_MS = 120_000;
const SYNC_MS = 60_000;

const hasSynced = ({ is_syncing, last_run }: Connection) => !is_syncing && last_run !== null;

type Workspace = SeedPlan['workspaces'][number];

const { GATEWAY = '', SANDBOX = '', DEMO_WORKSPACE = '{}', DEMO_CONNECTORS = '' } = process.env;
const workspace = JSON.parse(DEMO_WORKSPACE) as Workspace;
/** Connectors that the sandbox stands in for: a real provider is not asked to play. */
const played = DEMO_CONNECTORS.split(',');
const clientOf = (who: DemoConnection['by']) => new DemoClient(GATEWAY, workspace.keys[who]?.key ?? '');
const admin = clientOf('admin');

await controlDemo(SANDBOX, 'nature');
const outcomes = await Promise.allSettled(
  demoConnections.filter(({ type }) => played.includes(type)).map((connection) => bring(connection)),
);
const failures = outcomes.flatMap((outcome) =>
  outcome.status === 'rejected' ? [String((outcome.reason as Error).stack)] : (outcome.value ?? []),
);
for (const failure of failures) console.error(failure);
if (process.send) process.send({ ready: 'demo', failures: failures.length }, () => process.exit(0));

/** Connects what is not there, lets befall it what is to, and says what is not as it should be then. */
async function bring(connection: DemoConnection): Promise<string | undefined> {
  const { type, health, status } = connection;
  const isAsPlanned = (one: Connection) => one.health === health && (status ?? one.status) === one.status;
  const before = await find(connection);
  const unfinished = before?.status === 'pending' && status !== 'pending';
  if (!before || unfinished) await connect(connection);
  let row = before ?? (await eventually(() => find(connection)));
  if (!row) throw new Error(`${type} is connected and not listed`);
  const isFirstSync = (!before || unfinished) && status === undefined && health !== 'syncing';
  if (isFirstSync) row = (await admin.until(row.id, hasSynced, FIRST_SYNC_MS)) ?? row;
  if (connection.fault) await control(SANDBOX, connection, 'fault');
  if (!isAsPlanned(row) || (before && status === 'pending')) await change(connection, row);
  const now = await admin.until(row.id, isAsPlanned, SYNC_MS);
  return now && isAsPlanned(now) ? undefined : `${type} is ${now?.status}, ${now?.health}: not ${health}`;
}

async function find({ type, connect: { account_handle: handle } }: DemoConnection) {
  const rows = await admin.connections();
  return rows.find((row) => row.connector_type === type && (handle === undefined || row.handle === handle));
}

async function connect({
  type,
  by,
  connect: fields,
  account,
  status,
  health,
}: DemoConnection): Promise<void> {
  if (health === 'stale') {
    const userId = workspace.keys[by]?.user_id ?? '';
    const apiKey = fields.api_key ?? '';
    const made = { workspaceId: workspace.id, userId, connectorType: type, apiKey, environment: process.env };
    return connectInThePast(made);
  }
  await clientOf(by).connect({ connector_type: type, ...fields }, status === 'pending' ? undefined : account);
}

/** What was appended is listed a moment later. */
async function eventually<T>(read: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let tries = 0; tries < 40; tries++) {
    const found = await read();
    if (found !== undefined) return found;
    await sleep(500);
  }
  return undefined;
}

/** What makes the health come about, once the cause is there. A row that somebody has changed is left as it is. */
async function change(connection: DemoConnection, { id }: Connection): Promise<void> {
  const { type, health, status } = connection;
  if (health === 'disconnected') return void (await admin.request('DELETE', `/connections/${id}`));
  // Asked for again, its ten minutes begin again.
  if (status === 'pending')
    return clientOf(connection.by).connect({ connector_type: type, ...connection.connect });
  if (status === 'paused') return;
  // Its mailbox has been read: where it would go on from is forgotten, and it is read as a whole once more.
  if (health === 'syncing') await control(SANDBOX, connection, { expire_cursors: true });
  await admin.request('POST', `/connections/${id}/sync`);
}
