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
