import type { Page } from '@playwright/test';

import type { Client } from './environment/client.js';
import { expect, test } from './environment/test.js';

/** A number of its own for each account, so that the sandbox's controls concern nobody else. */
let next = 700_000;
const account = () => String(next++ + 1000 * test.info().parallelIndex);

const row = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Connections' }).getByRole('listitem').filter({ hasText: name });

/** Connects Pipedrive-like accounts one after the other: of a workspace connector there is one in a workspace. */
async function connectByKey(api: Client, type: string, key: string, name: string): Promise<string> {
  const id = await api.connect(type, { api_key: key, name });
  await api.until(id, ({ is_syncing: isSyncing }) => !isSyncing);
  return id;
}

test('Each health is shown in the list and on its page with a sentence and the one thing to do.', async ({
  page,
  api,
  sandbox,
  signIn,
  inspect,
}) => {
  test.setTimeout(180_000);
  const client = api();
  const healthy = await connectByKey(client, 'fathom', `sandbox_${account()}`, 'Well');
  const refusedKey = account();
  const refused = await connectByKey(client, 'pipedrive', `sandbox_${refusedKey}`, 'Refused');
  const throttledKey = account();
  const throttled = await connectByKey(client, 'pylon', `sandbox_pylon_${throttledKey}`, 'Throttled');
  const brokenKey = account();
  const broken = await connectByKey(client, 'grain', `sandbox_${brokenKey}`, 'Broken');
  const partKey = account();
  const part = await connectByKey(client, 'granola', `grn_sandbox_${partKey}`, 'In part');
  const slowKey = account();
  const slow = await connectByKey(client, 'fireflies', `sandbox_${slowKey}`, 'Slow');
  const gone = await connectByKey(client, 'aircall', `sandbox_${account()}:token`, 'Gone');
  await client.delete(`connections/${gone}`);

  await signIn('editor');
  for (const name of ['Well', 'Refused', 'Throttled', 'Broken', 'In part', 'Slow']) {
    await expect(row(page, name).getByText('Healthy')).toBeVisible();
  }

  // Each turns while one looks.
  await sandbox.control('pipedrive', { account: refusedKey, revoke_tokens: true });
  await client.post(`connections/${refused}/sync`);
  await expect(row(page, 'Refused').getByText('Reconnect', { exact: true }).first()).toBeVisible();
  await expect(row(page, 'Refused').getByText('no longer accepts the credentials')).toBeVisible();
  await expect(row(page, 'Refused').getByRole('button', { name: 'Reconnect' })).toBeVisible();

  await sandbox.control('pylon', {
    account: throttledKey,
    throttle: { after: 0, for_s: 3_600 },
  });
  await client.post(`connections/${throttled}/sync`);
  await expect(row(page, 'Throttled').getByText('Rate limited')).toBeVisible();
  await expect(row(page, 'Throttled').getByText(/tried again at/)).toBeVisible();

  await sandbox.control('grain', { account: brokenKey, fail: { status: 403, times: 1_000 } });
  await client.post(`connections/${broken}/sync`);
  await expect(row(page, 'Broken').getByText('Error', { exact: true })).toBeVisible();

  await sandbox.control('granola', {
    account: partKey,
    fail: { status: 403, times: 1_000, path: '/folders' },
  });
  await client.post(`connections/${part}/sync`);
  await expect(row(page, 'In part').getByText('Degraded')).toBeVisible();
  await expect(row(page, 'In part').getByRole('button', { name: 'Sync now' })).toBeVisible();

  await sandbox.control('fireflies', { account: slowKey, latency_ms: 2_000 });
  await client.post(`connections/${slow}/sync`);
  await expect(row(page, 'Slow').getByText('Syncing')).toBeVisible();
  await expect(row(page, 'Slow').getByText(/streams? done|about to begin/)).toBeVisible();
  // A reload in mid-sync finds it syncing still.
  await page.reload();
  await expect(row(page, 'Slow').getByText('Syncing')).toBeVisible();

  const bar = page.getByRole('group', { name: 'Filter by health' });
  await expect(bar.getByRole('button', { name: /3 need attention/ })).toBeVisible();
  await bar.getByRole('button', { name: /need attention/ }).click();
  await expect(page.getByRole('list', { name: 'Connections' }).getByRole('listitem')).toHaveCount(3);
  expect(new URL(page.url()).searchParams.get('health')).toBe('attention');
  await bar.getByRole('button', { name: /Disconnected/ }).click();
  await expect(row(page, 'Gone').getByText('Disconnected', { exact: true })).toBeVisible();
  await expect(row(page, 'Gone').getByRole('button', { name: 'Connect again' })).toBeVisible();
  await bar.getByRole('button', { name: /All/ }).click();
  await inspect('connections-healths');

  for (const [id, word] of [
    [healthy, 'Healthy'],
    [refused, 'Reconnect'],
    [throttled, 'Rate limited'],
    [broken, 'Error'],
    [part, 'Degraded'],
    [gone, 'Disconnected'],
  ] as const) {
    await page.goto(`/connections/${id}`);
    await expect(page.locator('[data-health]').filter({ hasText: word }).first()).toBeVisible();
  }
});
