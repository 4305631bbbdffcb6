import { expect, test } from './environment/test.js';

test('A newcomer signs in and connects by consent, by key and by handle; all turn healthy without a reload.', async ({
  page,
  signIn,
  inspect,
}) => {
  await signIn('editor');
  await expect(page.getByText('Nothing is connected yet')).toBeVisible();
  await inspect('connections-empty');
  let loads = 0;

  await page.getByRole('button', { name: 'Connect HubSpot' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('Connected', { exact: true }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Connections' }).first().click();
  page.on('load', () => (loads += 1));

  await page.getByRole('button', { name: 'Connect Pipedrive' }).click();
  await page.getByRole('textbox', { name: /key|token/i }).fill('sandbox_5001');
  await inspect('connect-key');
  await page.keyboard.press('Enter');

  await page.getByRole('button', { name: 'Connect X / Twitter' }).click();
  await page.getByRole('textbox', { name: /handle/i }).fill('@newcomer1');
  await inspect('connect-handle');
  await page.keyboard.press('Enter');

  const rows = page.getByRole('list', { name: 'Connections' }).getByRole('listitem');
  await expect(rows).toHaveCount(3);
  for (const name of ['HubSpot', 'Pipedrive', 'X / Twitter']) {
    await expect(rows.filter({ hasText: name }).getByText('Healthy')).toBeVisible({ timeout: 40_000 });
  }
  expect(loads).toBe(0);
  await inspect('connections-three');
});

test('What cannot be connected says what to do, beside the field where it is the field’s fault, and leaves nothing behind.', async ({
  page,
  signIn,
  sandbox,
  api,
  inspect,
  allowed,
}) => {
  allowed.push(/Failed to load resource/);
  await sandbox.control('pipedrive', { account: '880101', fail: { status: 503, times: 100 } });
  await signIn('editor');
  await page.getByRole('button', { name: 'Connect Pipedrive' }).click();
  const dialog = page.getByRole('dialog');
  const key = dialog.getByRole('textbox').or(dialog.locator('input[type=password]')).first();
  await key.fill('wrong');
  await page.keyboard.press('Enter');
  await expect(key).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await inspect('connect-refused');
  await key.fill('sandbox_880101');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('is not connected, and nothing was stored')).toBeVisible();
  // What was typed stays for the next try.
  await expect(key).toHaveValue('sandbox_880101');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.getByRole('button', { name: 'Connect X / Twitter' }).click();
  const handle = dialog.getByRole('textbox').first();
  await handle.fill('missingco');
  await page.keyboard.press('Enter');
  await expect(handle).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Connect HubSpot' }).click();
  await page.getByRole('button', { name: /Deny|Cancel/ }).click();
  await expect(page.getByText('the access was not granted')).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
  const { connections } = await api().get('connections?status=pending,connected,syncing,error');
  expect(connections.map(({ status }: { status: string }) => status)).toEqual(['pending']);

  await page.goto('/connections?connect=expired');
  await expect(page.getByText('It has to be approved within ten minutes')).toBeVisible();
});

test('Everything from the sign-in to a connected source can be done by keys alone.', async ({
  page,
  workspace,
}) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.locator(`[value="sandbox-${workspace.members[0]?.id}"]`).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing is connected yet')).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Page, connection or connector' })).toBeFocused();
  await page.keyboard.type('connect grain');
  await page.getByRole('option', { name: 'Connect Grain' }).waitFor();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Connect Grain' });
  await expect(dialog).toBeVisible();
  await page.keyboard.type('sandbox_880201');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const row = page.getByRole('link', { name: 'Grain' }).first();
  await expect(row).toBeVisible();
  await page.keyboard.press('j');
  await expect(row).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('nothing like it');
  await expect(page.getByText('No connection is like that')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row).toBeVisible();
});
