import { DatabaseLine, OwnGateway } from './environment/own-gateway.js';
import { expect, signInAs, test } from './environment/test.js';

const KEY = 'sandbox_880001';

test('A gateway that restarts is waited for: nothing typed is lost, and what changed meanwhile is shown.', async ({
  page,
  api,
  workspace,
  allowed,
}) => {
  test.setTimeout(120_000);
  allowed.push(/Failed to load resource/);
  const id = await api().connect('fathom', { api_key: 'sandbox_880002', name: 'Before' });
  await api().until(id, ({ is_syncing: isSyncing }) => !isSyncing);
  const gateway = await OwnGateway.start();
  try {
    await signInAs(page, `sandbox-${workspace.members[0]?.id}`, `${gateway.url}/connections`);
    await expect(page.getByRole('link', { name: 'Before' })).toBeVisible();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Connect Pipedrive' }).click();
    const dialog = page.getByRole('dialog', { name: 'Connect Pipedrive' });
    await dialog.getByLabel('API', { exact: false }).first().fill(KEY);

    await gateway.stop();
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(dialog.getByText('The server cannot be reached')).toBeVisible();
    await expect(page.getByText('Reconnecting. What is shown is as of')).toBeVisible();
    await api().patch(`connections/${id}`, { name: 'After' });

    await gateway.start();
    await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 40_000 });
    await expect(page.getByText('What is shown is as of')).toBeHidden();
    // Behind the dialog, which hides it from who hears the page.
    await expect(page.locator('[data-row-link]', { hasText: 'After' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('link', { name: 'Pipedrive' }).first()).toBeVisible();
  } finally {
    await gateway.stop();
  }
});

test('While the databases are away, the page says so, keeps what it has, and goes on when they are back.', async ({
  page,
  api,
  workspace,
  allowed,
}) => {
  test.setTimeout(120_000);
  allowed.push(/Failed to load resource/);
  const id = await api().connect('fathom', { api_key: 'sandbox_880003', name: 'Kept' });
  await api().until(id, ({ is_syncing: isSyncing }) => !isSyncing);
  const line = await DatabaseLine.open();
  const gateway = await OwnGateway.start({ PROJECTION_DATABASE_URL: line.url('projection') });
  try {
    await signInAs(page, `sandbox-${workspace.members[0]?.id}`, `${gateway.url}/connections`);
    await expect(page.getByRole('link', { name: 'Kept' })).toBeVisible();
    line.cut();
    await page.getByRole('link', { name: 'Kept' }).click();
    await expect(page.getByText('A part of the service is away for the moment').first()).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByText('Kept').first()).toBeVisible();
    line.mend();
    await page.getByRole('button', { name: /Retry/ }).first().click();
    await expect(page.getByText('A part of the service is away')).toBeHidden({ timeout: 30_000 });
    await expect(page.getByText('Healthy').first()).toBeVisible();
  } finally {
    await gateway.stop();
    line.close();
  }
});

test('Seven tabs share one stream; when the tab that reads it closes, another goes on.', async ({
  page,
  context,
  api,
  signIn,
}) => {
  test.setTimeout(120_000);
  const id = await api().connect('fathom', { api_key: 'sandbox_880004', name: 'One' });
  await api().until(id, ({ is_syncing: isSyncing }) => !isSyncing);
  let streams = 0;
  context.on('request', (request) => {
    if (request.url().endsWith('/connections/events')) streams += 1;
  });
  await signIn('viewer');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const others = await Promise.all(Array.from({ length: 6 }, () => context.newPage()));
  for (const other of others) await other.goto('/connections');
  for (const other of others) await expect(other.getByText('Live', { exact: true })).toBeVisible();
  expect(streams).toBe(1);

  await api().patch(`connections/${id}`, { name: 'Two' });
  for (const tab of [page, ...others]) await expect(tab.getByRole('link', { name: 'Two' })).toBeVisible();

  await page.close();
  const [next] = others;
  await expect(async () => expect(streams).toBe(2)).toPass();
  await api().patch(`connections/${id}`, { name: 'Three' });
  await expect(next!.getByRole('link', { name: 'Three' })).toBeVisible();
});

test('Who asks too much is told when to try again, and a lost network is said in words.', async ({
  page,
  context,
  signIn,
  allowed,
}) => {
  test.setTimeout(120_000);
  allowed.push(/Failed to load resource|Unable to preload CSS|dynamically imported module/);
  await signIn('viewer', '/settings/members');
  await expect(page.getByRole('heading', { name: 'Members', level: 1 })).toBeVisible();
  let status = 200;
  for (let asked = 0; asked < 700 && status === 200; asked += 20) {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => context.request.get('/api/platform/v1/connections/summary')),
    );
    status = Math.max(...answers.map((answer) => answer.status()));
  }
  expect(status).toBe(429);
  await page.getByRole('link', { name: 'API keys' }).click();
  await expect(page.getByText('Too many requests')).toBeVisible();
  await expect(page.getByRole('button', { name: /Retry in/ })).toBeDisabled();

  await context.setOffline(true);
  await page.getByRole('link', { name: 'Connections', exact: true }).first().click();
  await expect(page.getByText('The server cannot be reached').first()).toBeVisible();
  await context.setOffline(false);
});
