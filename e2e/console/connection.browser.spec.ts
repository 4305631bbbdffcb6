import type { Page } from '@playwright/test';
import { join } from 'node:path';

import { Client } from './environment/client.js';
import { environment, takeWorkspace, type PlannedWorkspace } from './environment/environment.js';
import { expect, test } from './environment/test.js';

/** An account at the sandbox that no other test has: its workspace's number is in it. */
const accountOf = ({ slug }: PlannedWorkspace, test: number): string =>
  `77${slug.replaceAll(/\D/g, '').padStart(3, '0')}${test}`;

interface Answered {
  readonly status: string;
  readonly health: string;
  readonly is_syncing: boolean;
}
const isHealthy = ({ health }: Answered): boolean => health === 'healthy';

// Each test waits for several syncs, and looks at each page twice.
test.describe.configure({ timeout: 180_000 });

const picture = (name: string): string => join(import.meta.dirname, `../../.data/pictures/${name}.png`);
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Parts of this connection' }).getByRole('link', { name });
const pill = (page: Page, health: string) => page.locator(`h1 ~ div [data-health="${health}"]`);
/** A table's row by what its head, or its link, says. */
const row = (page: Page, table: string, text: string | RegExp) =>
  page.getByRole('region', { name: table }).getByRole('row').filter({ hasText: text });

test('A healthy connection says how it is and why, and opens into its streams and their records.', async ({
  page,
  workspace,
  api,
  signIn,
  inspect,
}) => {
  const id = await api().connect('hubspot', {}, accountOf(workspace, 1));
  await api().until(id, isHealthy);
  await signIn('admin', `/connections/${id}`);
  await expect(page.getByRole('heading', { name: 'HubSpot', level: 1 })).toBeVisible();
  await expect(page).toHaveTitle('HubSpot · Connections');
  await expect(pill(page, 'healthy')).toBeVisible();
  await expect(page.getByText(/^in \d+:\d\d min$|^in \d+ h/)).toBeVisible();
  await expect(page.getByText('Ada Admin on')).toBeVisible();
  await expect(page.getByText(id)).toBeVisible();
  const catalog = (await api().get('connections/catalog')).connectors as {
    type: string;
    streams: string[];
  }[];
  const { streams = [] } = catalog.find(({ type }) => type === 'hubspot') ?? {};
  await expect(page.getByRole('region', { name: 'Table of streams' }).getByRole('rowheader')).toHaveText(
    streams,
  );
  await inspect('connection-overview');

  await page.getByRole('button', { name: 'Why this health?' }).click();
  const why = page.getByRole('region', { name: 'Why this health?' });
  await expect(why.getByRole('listitem')).toHaveCount(8);
  await expect(why.getByRole('listitem').last()).toContainText('Holds, and decides');
  await expect(why.getByText('Does not hold')).toHaveCount(7);
  expect(new URL(page.url()).searchParams.get('dialog')).toBe('why');
  await inspect('connection-why');
  await page.getByRole('button', { name: 'Why this health?' }).click();

  const { streams: held } = await api().get(`connections/${id}/streams`);
  const contacts = held.find(({ stream }: { stream: string }) => stream === 'contacts');
  await page.getByRole('link', { name: /records of contacts/ }).click();
  expect(new URL(page.url()).search).toBe('?tab=records&stream=contacts');
  const records = page.getByRole('region', { name: 'Table of records' }).getByRole('row');
  await expect(records).toHaveCount(1 + 50);
  expect(contacts.record_count).toBeGreaterThan(50);
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect(records).toHaveCount(1 + Math.min(100, contacts.record_count));
  const open = records.nth(3).getByRole('button');
  const externalId = (await open.textContent()) ?? '';
  await open.click();
  const panel = page.getByRole('region', { name: `Record ${externalId}` });
  await expect(panel.getByText('"properties"')).toBeVisible();
  await expect(panel.getByText(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/).first()).toBeVisible();
  await inspect('connection-record');
  await page.reload();
  await expect(panel.getByText('"properties"')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await page.getByLabel('External id').fill(externalId);
  await page.keyboard.press('Enter');
  await expect(records).toHaveCount(2);
  await page.getByLabel('Which').selectOption('only');
  await expect(page.getByText('No record is like that.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all records' }).click();
  await expect(records).toHaveCount(1 + 50);
  await inspect('connection-records');
});

test('A connection’s runs and activity lead to the run and its trace, and all of it fits a narrow screen.', async ({
  page,
  workspace,
  api,
  signIn,
  inspect,
}) => {
  const id = await api().connect('hubspot', {}, accountOf(workspace, 7));
  await api().until(id, isHealthy);
  await signIn('admin', `/connections/${id}?tab=runs`);
  await expect(row(page, 'Table of runs', 'First sync')).toContainText('Completed');
  await inspect('connection-runs');
  await tab(page, 'Activity').click();
  await expect(page.getByText(/^Ada Admin connected HubSpot/)).toBeVisible();
  await expect(page.getByText(/^A sync wrote [\d,]+ records/)).toBeVisible();
  await inspect('connection-activity');
  await page.getByRole('link', { name: 'The run' }).first().click();
  await expect(page.getByRole('heading', { name: 'Run of HubSpot' })).toBeVisible();
  const trace = page.getByRole('link', { name: 'Open the trace' });
  await expect(trace).toHaveAttribute('href', /^https:\/\/traces\.example\/trace\/[0-9a-f]{32}$/);
  await expect(trace).toHaveAttribute('rel', 'noreferrer');
  await inspect('connection-run');

  await page.setViewportSize({ width: 320, height: 700 });
  for (const [name, search] of [
    ['overview', '?dialog=why'],
    ['runs', '?tab=runs'],
    ['records', '?tab=records'],
    ['activity', '?tab=activity'],
  ]) {
    await page.goto(`/connections/${id}${search}`);
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    await expect(page.getByText('Last synced', { exact: true })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.screenshot({ path: picture(`connection-${name}-narrow`), fullPage: true });
  }
});

test('A run that failed in part is explained down to its stream, and a new one heals it before one’s eyes.', async ({
  page,
  workspace,
  api,
  sandbox,
  signIn,
  inspect,
}) => {
  const account = accountOf(workspace, 2);
  const id = await api().connect('hubspot', {}, account);
  await api().until(id, isHealthy);
  // More often than a page is tried again.
  await sandbox.control('hubspot', { account, fail: { status: 400, times: 50, path: '/tickets' } });
  await signIn('editor', `/connections/${id}`);
  let loads = 0;
  page.on('load', () => (loads += 1));
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(pill(page, 'syncing')).toBeVisible();
  await expect(pill(page, 'degraded')).toBeVisible({ timeout: 30_000 });
  await expect(row(page, 'Table of streams', 'tickets')).toContainText('Failed');
  await inspect('connection-degraded');

  await tab(page, 'Runs').click();
  const latest = row(page, 'Table of runs', 'Asked for by hand');
  await expect(latest).toContainText('Completed in part');
  await latest.getByRole('button', { name: 'Streams of this run' }).click();
  await expect(row(page, 'Streams of the run', 'tickets')).toContainText('HubSpot refused');
  await inspect('connection-run-unfolded');
  await latest.getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Run of HubSpot' })).toBeVisible();
  await expect(page.getByText(/^Some streams were not read to their end: HubSpot refused/)).toBeVisible();
  await expect(row(page, 'Streams of the run', 'tickets')).toContainText('Failed');
  await inspect('connection-run-partial');

  await sandbox.control('hubspot', { account, fail: null, latency_ms: 400 });
  await page.getByRole('link', { name: 'HubSpot', exact: true }).click();
  // By the keyboard, and looked at again in the middle of it.
  await page.keyboard.press('s');
  await expect(pill(page, 'syncing')).toBeVisible();
  expect(loads).toBe(0);
  await page.reload();
  await expect(pill(page, 'syncing')).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Streams done' })).toBeVisible();
  await inspect('connection-syncing');
  await sandbox.control('hubspot', { account, latency_ms: 0 });
  await expect(pill(page, 'healthy')).toBeVisible({ timeout: 30_000 });
});

test('A connection is renamed, paused, resumed, reconnected with a new key and revived, always in place.', async ({
  page,
  workspace,
  api,
  sandbox,
  signIn,
  inspect,
  allowed,
}) => {
  const account = accountOf(workspace, 3);
  const id = await api().connect('pipedrive', { api_key: `sandbox_${account}` });
  await api().until(id, isHealthy);
  await signIn('editor', `/connections/${id}`);
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('Pipedrive');
  for (const name of [
    '<img src=x onerror="document.title=1">',
    'شركة \u202Eevil',
    '🦄'.repeat(50),
    'Sales',
  ]) {
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    if (name === 'Sales') await inspect('connection-rename');
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(heading).toHaveText(name);
    await expect(page).toHaveTitle(`${name} · Connections`);
  }
  allowed.push(/400/);
  await page.keyboard.press('r');
  const field = page.getByRole('textbox', { name: 'Name' });
  // The field takes no more than a name may have; the API says so to whoever sends more all the same.
  await field.fill('x'.repeat(10_000));
  await expect(field).toHaveValue('x'.repeat(100));
  await field.evaluate((input) => input.removeAttribute('maxlength'));
  await field.fill('x'.repeat(10_000));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('The name ');
  await page.keyboard.press('Escape');
  await expect(heading).toHaveText('Sales');

  const choose = async (entry: string) => {
    await page.getByRole('button', { name: 'More to do with this connection' }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  await choose('Pause');
  await expect(pill(page, 'paused')).toBeVisible();
  await expect(page.getByText('None: it is paused')).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(pill(page, 'paused')).toHaveCount(0);
  await api().until(id, isHealthy);

  await sandbox.control('pipedrive', { account, revoke_tokens: true });
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(pill(page, 'needs_reauth')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('None until it is reconnected')).toBeVisible();
  await page.getByRole('button', { name: 'Reconnect' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('nobody-knows-it');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await inspect('connection-reconnect');
  await dialog.getByRole('textbox').fill(`sandbox_${account}_second`);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(pill(page, 'healthy')).toBeVisible({ timeout: 30_000 });
  expect(new URL(page.url()).pathname).toBe(`/connections/${id}`);
  await tab(page, 'Runs').click();
  for (const trigger of ['First sync', 'Reconnected'])
    await expect(row(page, 'Table of runs', trigger).first()).toBeVisible();

  await choose('Disconnect');
  await inspect('connection-disconnect');
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(pill(page, 'disconnected')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Connect again' })).toBeVisible();
  await inspect('connection-disconnected');
  expect(await api().connect('pipedrive', { api_key: `sandbox_${account}_third` })).toBe(id);
  await expect(pill(page, 'healthy')).toBeVisible({ timeout: 30_000 });
  await tab(page, 'Activity').click();
  for (const summary of [
    /renamed it from .* to “Sales”/,
    /replaced the API key/,
    /disconnected it/,
    /again, after it/,
  ])
    await expect(page.getByText(summary)).toBeVisible();
});

test('A mailbox is attributed to a member, which opens it to nobody; who may only look is told so.', async ({
  page,
  workspace,
  api,
  signIn,
  inspect,
  allowed,
}) => {
  const id = await api().connect('gmail', {}, accountOf(workspace, 4));
  const editor = workspace.members.find(({ email }) => email.startsWith('editor@'));
  await signIn('admin', `/connections/${id}`);
  const owner = page.getByLabel('Owner');
  await owner.selectOption({ label: `Edgar Editor (${editor?.email})` });
  await expect(
    page.getByRole('region', { name: 'Notices' }).getByText('Edgar Editor is the owner now.'),
  ).toBeVisible();
  expect((await api().get(`connections/${id}`)).owner_user_id).toBe(editor?.id);
  await owner.selectOption('Nobody');
  await expect(page.getByRole('region', { name: 'Notices' }).getByText('It has no owner now.')).toBeVisible();
  expect((await api().get(`connections/${id}`)).owner_user_id).toBeNull();
  await inspect('connection-mailbox');

  allowed.push(/403/);
  await signIn('viewer', `/connections/${id}?tab=records&dialog=rename`);
  await expect(page.getByText('These records can be read only by the member who connected')).toBeVisible();
  await expect(page.getByText(/^You may look here, but not change anything. Ada Admin can/)).toBeVisible();
  await expect(page.getByText(/To set it, ask Ada Admin/)).toBeVisible();
  for (const name of ['Sync now', 'More to do with this connection'])
    await expect(page.getByRole('button', { name })).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await inspect('connection-viewer');
});

test('Each way back from the provider says what next, and what is not there looks like what is another’s.', async ({
  page,
  workspace,
  api,
  signIn,
  inspect,
  allowed,
}) => {
  await signIn('admin');
  const { connection, authorize_url: url } = await api().post('connections', { connector_type: 'hubspot' });
  const path = `/connections/${connection.id}`;
  await page.goto(`${url}&sandbox_decision=deny`);
  await expect(page.getByText('Not connected: the access was not granted')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`${path}$`));
  await expect(pill(page, 'connecting')).toBeVisible();
  await inspect('connection-denied');
  for (const [outcome, words] of [
    ['expired', 'Not connected: the request was too old'],
    ['failed', 'Not connected: HubSpot did not complete it'],
    ['insufficient_scope', 'Not connected: a permission is missing'],
  ]) {
    await page.goto(`${path}?connect=${outcome}`);
    await expect(page.getByText(words ?? '')).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`${path}$`));
  }
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText('Not connected')).toHaveCount(0);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(/sandbox|authorize/);
  const approve = new URL(page.url());
  approve.searchParams.set('sandbox_decision', 'approve');
  approve.searchParams.set('sandbox_account', accountOf(workspace, 5));
  await page.goto(approve.href);
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  await expect(pill(page, 'healthy')).toBeVisible({ timeout: 30_000 });

  allowed.push(/404/);
  const other = takeWorkspace();
  const theirs = await new Client(environment().baseUrl, other.keys.admin?.key ?? '').connect('pipedrive', {
    api_key: `sandbox_${accountOf(other, 6)}`,
  });
  const seen: string[] = [];
  for (const id of [theirs, '01a21ca8-56a3-7461-9887-d29de08a0cdb', 'no-id']) {
    await page.goto(`/connections/${id}`);
    await expect(page.getByRole('heading', { name: 'Not found' })).toBeVisible();
    // Without what is said above a page while the stream is away.
    seen.push(await page.getByRole('main').locator('> :last-child').innerText());
  }
  expect(new Set(seen).size).toBe(1);
});
