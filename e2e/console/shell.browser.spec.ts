import { takeWorkspace } from './environment/environment.js';
import { expect, signInAs, test } from './environment/test.js';

test('A session that ended elsewhere asks to sign in again over the page, which then goes on with what was typed.', async ({
  page,
  context,
  signIn,
  workspace,
  inspect,
  allowed,
}) => {
  allowed.push(/401/);
  await signIn('admin', '/settings/members?dialog=add');
  const add = page.getByRole('dialog', { name: 'Add a member' });
  await add.getByLabel('E-mail').fill(`half@${workspace.slug}.example`);
  await add.getByRole('radio', { name: 'Editor' }).check();
  // Ended for good: the server forgets it, by another program with the same cookie.
  const { csrf_token: token } = (await (await context.request.get('/api/platform/v1/session')).json()) as {
    csrf_token: string;
  };
  await context.request.delete('/api/platform/v1/session', { headers: { 'X-CSRF-Token': token } });
  const again = page.getByRole('dialog', { name: 'Sign in again' });
  await expect(again).toBeVisible();
  await inspect('sign-in-again');
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    again.getByRole('link', { name: 'Sign in' }).click(),
  ]);
  await tab.locator(`[value="sandbox-${workspace.members[0]?.id}"]`).click();
  // It comes to the same place, with the dialog empty.
  await expect(tab.getByRole('dialog', { name: 'Add a member' }).getByLabel('E-mail')).toHaveValue('');
  await tab.close();
  await page.bringToFront();
  await expect(again).toHaveCount(0);
  await expect(add.getByLabel('E-mail')).toHaveValue(`half@${workspace.slug}.example`);
  await expect(add.getByRole('radio', { name: 'Editor' })).toBeChecked();
  await add.getByRole('textbox', { name: 'Name' }).fill('Half typed');
  await add.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Half typed' })).toContainText('Editor');
});

test('Two tabs share the theme and the session: who signs out in one is asked in the other.', async ({
  page,
  context,
  signIn,
  allowed,
}) => {
  allowed.push(/401/);
  await signIn('viewer', '/settings/members');
  const other = await context.newPage();
  await other.goto('/settings/api-keys');
  await expect(other.getByRole('heading', { name: 'API keys', level: 1 })).toBeVisible();
  const person = page.getByRole('button', { name: 'Vera Viewer' });
  await person.click();
  await expect(
    page.getByRole('menuitem', { name: 'Theme of the system' }).getByLabel('chosen'),
  ).toBeVisible();
  await page.screenshot({ path: '.data/pictures/account-menu-light.png' });
  await page.getByRole('menuitem', { name: 'Dark theme' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark');
  await person.click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Connections' })).toBeVisible();
  await expect(other.getByRole('dialog', { name: 'Sign in again' })).toBeVisible();
  await page.goto('/settings/members');
  await expect(page.getByRole('heading', { name: 'Sign in to Connections' })).toBeVisible();
});

test('Somebody of two workspaces changes between them, and a tab that was left behind follows.', async ({
  page,
  context,
  workspace,
  api,
  allowed,
}) => {
  allowed.push(/401|403|404/);
  const second = takeWorkspace();
  const { email, id, name } = second.members[0] ?? { email: '', id: '', name: '' };
  await api().post('members', { email, name, role: 'viewer' });
  await signInAs(page, `sandbox-${id}`, '/settings/members', second.slug);
  const left = await context.newPage();
  await left.goto('/settings/audit');
  await expect(left.getByRole('heading', { name: 'Audit', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: second.name }).click();
  await page.getByRole('menuitem', { name: `Switch to ${workspace.name}` }).click();
  await page.locator(`[value="sandbox-${id}"]`).click();
  await expect(page.getByRole('button', { name: workspace.name })).toBeVisible();
  await expect(left.getByText('This page is for admins.')).toBeVisible();
});

test('Everything is within reach of the keys: skip link, command menu, keys help, and a member’s role.', async ({
  page,
  signIn,
  api,
  inspect,
}) => {
  await signIn('admin', '/settings/api-keys');
  await expect(page.getByRole('table')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  await inspect('skip-link');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await inspect('keys-help');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  const search = page.getByRole('combobox', { name: 'Page, connection or connector' });
  await expect(search).toBeFocused();
  await page.keyboard.type('memb');
  await expect(page.getByRole('option')).toHaveText(['Members']);
  await inspect('command-menu');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Members', level: 1 })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const actions = page.getByRole('button', { name: 'Actions for Vera Viewer' });
  await actions.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Change role…' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Role of Vera Viewer' });
  await expect(dialog.getByRole('radio', { name: 'Viewer' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  const { members } = await api().get('members');
  expect(members.find(({ name }: { name: string }) => name === 'Vera Viewer').role).toBe('editor');
});

test('On a narrow screen all places are behind one button, and no settings page is wider than the screen.', async ({
  page,
  signIn,
  inspect,
}) => {
  test.slow();
  await page.setViewportSize({ width: 320, height: 700 });
  await signIn('admin', '/settings/members');
  for (const path of ['members', 'apps', 'access', 'api-keys', 'audit']) {
    await page.getByRole('button', { name: 'Menu' }).click();
    const menu = page.getByRole('dialog', { name: 'Menu' });
    await expect(menu.getByRole('link', { name: 'Connections' })).toBeVisible();
    if (path === 'apps') await inspect('narrow-menu');
    await menu.locator(`[href="/settings/${path}"]`).click();
    await expect(menu).toHaveCount(0);
    await expect(page).toHaveURL(new RegExp(`/settings/${path}$`));
    await expect(page.getByRole('main').getByRole('button').first()).toBeVisible();
    if (path === 'access') await page.getByRole('button', { name: 'Set a policy' }).click();
    await inspect(`narrow-${path}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  }
  await page.goto('/settings/members?dialog=add');
  await expect(page.getByRole('dialog').getByLabel('E-mail')).toBeVisible();
  await inspect('narrow-add-member');
});
