import { expect, test } from './environment/test.js';

test('Somebody who is not signed in is sent to sign in, and comes back to the page that was asked for.', async ({
  page,
  workspace,
  inspect,
  allowed,
}) => {
  allowed.push(/401/);
  await page.goto('/settings/members');
  await expect(page.getByRole('heading', { name: 'Sign in to Connections' })).toBeVisible();
  await expect(page.getByText('Sign in to open the page that you asked for.')).toBeVisible();
  await inspect('sign-in');
  // The one button has the focus: Enter does it.
  await page.keyboard.press('Enter');
  await page.locator(`[value="sandbox-${workspace.members[0]?.id}"]`).click();
  await expect(page.getByRole('heading', { name: 'Members' })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/settings/members');
});
