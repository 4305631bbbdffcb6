import type { Page } from '@playwright/test';

import { environment } from './environment/environment.js';
import { expect, signInAs, test } from './environment/test.js';

const HOSTILE = '<img src=x onerror=alert(1)> {{7*7}} ‮evil';
const SUPERADMIN = 'sandbox-0190a000-0001-7000-8000-000000000009';

// Each looks at many states in both themes.
test.beforeEach(() => test.slow());

const dialog = (page: Page) => page.getByRole('dialog');
/** What is said in a corner; the live region says it as well. */
const notice = (page: Page, text: string) => page.locator('span').filter({ hasText: text });

test('An admin switches Connections off and on again, and is told first what that means.', async ({
  page,
  signIn,
  api,
  inspect,
  allowed,
}) => {
  // The live events end with the app.
  allowed.push(/403.*events/);
  await signIn('admin', '/settings/apps');
  await expect(page.getByText('syncing goes on, and nothing is lost')).toBeVisible();
  await inspect('settings-apps');
  await page.getByRole('button', { name: 'Switch off…' }).click();
  await expect(dialog(page)).toContainText('The API and MCP refuse every call about connections');
  await inspect('settings-apps-off-dialog');
  // Where one was is in the URL: a reload opens the same dialog.
  await page.reload();
  await dialog(page).getByRole('button', { name: 'Switch off', exact: true }).click();
  await expect(page.getByText('Nobody sees connections')).toBeVisible();
  await expect(page).toHaveURL(/\/settings\/apps$/);
  expect((await api('editor').request('GET', 'connections')).body.error.code).toBe('app_disabled');
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Connections' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByRole('button', { name: 'Switch off…' })).toBeVisible();
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Connections' })).toBeVisible();
});

test('An access policy is begun, changed, kept while it is not saved, refused in place, saved and given up.', async ({
  page,
  signIn,
  api,
  workspace,
  inspect,
  allowed,
}) => {
  allowed.push(/409/);
  const viewer = workspace.members[2]?.id ?? '';
  await signIn('admin', '/settings/access');
  await expect(page.getByText('No policy: everyone has full access')).toBeVisible();
  await inspect('settings-access-none');
  await page.getByRole('button', { name: 'Set a policy' }).click();
  await expect(page.getByText('This policy is not saved: none holds yet.')).toBeVisible();
  await expect(page.getByText('Viewers can look; a viewer’s role changes nothing.')).toBeVisible();
  await page.getByRole('radio', { name: 'Admins: Hidden' }).check();
  await page.getByRole('radio', { name: 'Editors: Read' }).check();
  await expect(page.getByText('Editors can look, and change nothing.')).toBeVisible();
  await page
    .getByLabel('Add an exception for')
    .selectOption({ label: 'Vera Viewer (viewer@' + workspace.slug + '.example)' });
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('radio', { name: 'Vera Viewer: Hidden' }).check();
  // It outlives a visit to another page.
  await page.getByRole('link', { name: 'Members' }).click();
  await expect(page.getByRole('heading', { name: 'Members', level: 1 })).toBeVisible();
  await page.getByRole('link', { name: 'Access' }).click();
  await expect(page.getByRole('radio', { name: 'Vera Viewer: Hidden' })).toBeChecked();

  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText(
    'The last admin cannot be demoted, removed or locked out',
  );
  await inspect('settings-access-last-admin');
  await page.getByRole('radio', { name: 'Admins: Write' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(notice(page, 'Saved. It holds within a second')).toBeVisible();
  await expect(page.getByText('Not saved')).toHaveCount(0);
  expect((await api().get('settings/access')).connections).toEqual({
    roles: { viewer: 'write', editor: 'read', admin: 'write' },
    members: { [viewer]: 'hidden' },
  });
  await inspect('settings-access');

  // A change that is taken back is none; discarding returns to what holds; an exception goes with its cross.
  await page.getByRole('radio', { name: 'Viewers: Read' }).check();
  await expect(page.getByRole('button', { name: 'Save' })).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('radio', { name: 'Viewers: Write' })).toBeChecked();
  await page.getByRole('button', { name: 'Remove the exception for Vera Viewer' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Nobody: for every member holds what their role says.')).toBeVisible();

  await page.getByRole('button', { name: 'Return to no policy…' }).click();
  await inspect('settings-access-clear-dialog');
  await dialog(page).getByRole('button', { name: 'Return to no policy' }).click();
  await expect(page.getByText('No policy: everyone has full access')).toBeVisible();
});

test('Members are added with faults beside their fields, change role and are removed; the last admin stays.', async ({
  page,
  signIn,
  api,
  workspace,
  inspect,
  allowed,
}) => {
  allowed.push(/400|409/);
  await signIn('admin', '/settings/members');
  await page.getByRole('button', { name: 'Add a member' }).click();
  await dialog(page).getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog(page).getByLabel('E-mail')).toHaveAccessibleDescription(/must be an e-mail address/);
  await expect(dialog(page).getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true');
  await inspect('settings-members-add-faults');
  await dialog(page).getByLabel('E-mail').fill(`viewer@${workspace.slug}.example`);
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill(HOSTILE);
  await dialog(page).getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog(page).getByLabel('E-mail')).toHaveAccessibleDescription(/is a member already/);
  await dialog(page).getByLabel('E-mail').fill(`new@${workspace.slug}.example`);
  await dialog(page).getByRole('radio', { name: 'Editor' }).check();
  await dialog(page).getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog(page)).toHaveCount(0);

  const row = page.getByRole('row').filter({ hasText: `new@${workspace.slug}.example` });
  // What people call themselves stays text.
  await expect(row).toContainText(HOSTILE);
  await expect(row).toContainText('Editor');
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  await inspect('settings-members');

  await row.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Change role…' }).click();
  await inspect('settings-members-role-dialog');
  await dialog(page).getByRole('radio', { name: 'Admin' }).check();
  await dialog(page).getByRole('button', { name: 'Change role' }).click();
  await expect(row).toContainText('Admin');

  await row.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await expect(dialog(page)).toContainText('Their sessions here and API keys.');
  await expect(dialog(page)).toContainText('Syncs of personal connections');
  await inspect('settings-members-remove-dialog');
  await dialog(page).getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(row).toHaveCount(0);

  // The only admin is told why they cannot go; the API would refuse it as well.
  await page.getByRole('button', { name: 'Actions for Ada Admin' }).click();
  const leave = page.getByRole('menuitem', { name: /Leave the workspace/ });
  await expect(leave).toHaveAttribute('aria-disabled', 'true');
  await expect(leave).toContainText('The only admin: make another member admin first.');
  await page.keyboard.press('Escape');
  const ada = workspace.members[0]?.id ?? '';
  await page.goto(`/settings/members?dialog=remove.${ada}`);
  await dialog(page).getByRole('button', { name: 'Leave' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('The last admin cannot be demoted');
  expect((await api().get('members')).members).toHaveLength(3);
});

test('A new API key is shown once, works, and is nowhere afterwards; closing without a copy has to be said twice.', async ({
  page,
  context,
  signIn,
  api,
  inspect,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn('admin', '/settings/api-keys');
  await page.getByRole('button', { name: 'Make a key' }).click();
  await expect(dialog(page).getByRole('checkbox', { name: /platform/ })).toHaveCount(0);
  await expect(dialog(page).getByRole('checkbox', { checked: true })).toHaveCount(1);
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill(HOSTILE);
  await dialog(page).getByRole('button', { name: 'All that you may' }).click();
  await expect(dialog(page).getByRole('checkbox', { checked: true })).toHaveCount(7);
  await dialog(page).getByRole('button', { name: 'Read only (for an agent)' }).click();
  await dialog(page).getByLabel('Expires').selectOption('30d');
  await inspect('settings-keys-make-dialog');
  await dialog(page).getByRole('button', { name: 'Make the key' }).click();
  await expect(dialog(page)).toContainText('This is the only time it is shown.');
  const key = /amdahl_sk_live_[A-Za-z0-9]{43}/.exec(await dialog(page).innerText())?.[0] ?? '';
  await expect(dialog(page)).toContainText(`"X-API-Key": "${key}"`);
  await inspect('settings-keys-new-dialog');
  const answer = await fetch(`${environment().baseUrl}/api/platform/v1/me`, {
    headers: { 'X-API-Key': key },
  });
  expect(((await answer.json()) as { scopes: string[] }).scopes).toEqual(['connections:read']);

  // Neither Esc, nor the cross, nor the back key take it away unasked.
  await page.keyboard.press('Escape');
  await expect(dialog(page).getByRole('alert')).toContainText('The key was not copied');
  await inspect('settings-keys-not-copied');
  await dialog(page).getByRole('button', { name: 'Back to the key' }).click();
  await page.goBack();
  await expect(dialog(page).getByRole('alert')).toContainText('The key was not copied');
  await dialog(page).getByRole('button', { name: 'Back to the key' }).click();
  await dialog(page).getByRole('button', { name: 'Copy the API key' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
  await dialog(page).getByRole('button', { name: 'Done' }).click();
  await expect(dialog(page)).toHaveCount(0);

  const kept = await page.evaluate(() =>
    JSON.stringify([
      document.documentElement.outerHTML,
      location.href,
      history.state,
      { ...localStorage },
      { ...sessionStorage },
    ]),
  );
  expect(kept).not.toContain(key);
  await page.reload();
  const row = page.getByRole('row').filter({ hasText: key.slice(0, 19) });
  await expect(row).toContainText(HOSTILE);
  await expect(row).toContainText('Ada Admin');
  await expect(page.locator('body')).not.toContainText(key);
  await inspect('settings-keys');

  await row.getByRole('button', { name: /^Revoke/ }).click();
  await inspect('settings-keys-revoke-dialog');
  await dialog(page).getByRole('button', { name: 'Revoke' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(row).toHaveCount(0);
  expect(
    (await api().get('api-keys')).api_keys.map(({ prefix }: { prefix: string }) => prefix),
  ).not.toContain(key.slice(0, 19));
});

test('The audit names who did what to what, tells refusals plainly, is filtered by the URL and read page by page.', async ({
  page,
  signIn,
  api,
  workspace,
  inspect,
}) => {
  const admin = api();
  const { user_id: newcomer } = await admin.post('members', {
    email: `x@${workspace.slug}.example`,
    name: HOSTILE,
    role: 'viewer',
  });
  await api('viewer').request('DELETE', `members/${newcomer}`);
  for (let turn = 0; turn < 55; turn++)
    await admin.patch(`members/${newcomer}`, { role: turn % 2 ? 'viewer' : 'editor' });
  await signIn('admin', '/settings/audit');
  await expect(page.getByText('50 entries so far')).toBeVisible();
  await inspect('settings-audit');
  await page.getByRole('button', { name: 'Show older ones' }).click();
  await expect(page.getByText('58 entries, and no more')).toBeVisible();

  await page.getByLabel('Outcome').selectOption({ label: 'Refused' });
  await expect(page).toHaveURL(/outcome=refused/);
  const refused = page.getByRole('row').filter({ hasText: 'Vera Viewer' });
  await expect(refused).toContainText('Removed a member');
  await expect(refused).toContainText(HOSTILE);
  await expect(refused).toContainText('the role or key does not allow it');
  await expect(refused).toContainText('by the key viewer');
  await expect(refused.getByRole('button', { name: 'Copy the request id' })).toBeVisible();
  await refused.getByRole('button', { name: HOSTILE }).click();
  await expect(page.getByText('1 entry, and no more')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Only about')).toContainText(HOSTILE);
  await inspect('settings-audit-filtered');
  await page.getByLabel('Outcome').selectOption({ label: 'Done' });
  await page.getByLabel('What').selectOption({ label: 'Added a member' });
  await page.getByLabel('Who').selectOption({ label: 'Ada Admin' });
  await page.getByLabel('From').fill('2020-01-01');
  await expect(page.getByText('1 entry, and no more')).toBeVisible();
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    actor: workspace.members[0]?.id,
    action: 'members.add',
    target: newcomer,
    outcome: 'succeeded',
    from: '2020-01-01',
  });
  await page.getByLabel('To', { exact: true }).fill('2020-02-01');
  await expect(page.getByText('Nothing fits these filters.')).toBeVisible();
  await inspect('settings-audit-empty');
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect(page.getByText('50 entries so far')).toBeVisible();
});

test('Platform staff sets how often a connector syncs, sees who did it, and goes back to the default.', async ({
  page,
  inspect,
  allowed: _watched,
}) => {
  await signInAs(page, SUPERADMIN, '/admin/cadence', environment().workspaces[0]?.slug);
  const row = page.getByRole('row').filter({ hasText: 'Granola' });
  await expect(row).toContainText('Never changed');
  await row.getByLabel('Override for Granola').selectOption({ label: 'Every 6 hours' });
  await row.getByRole('button', { name: 'Apply everywhere' }).click();
  await expect(notice(page, 'Granola syncs every 6 hours now, in every workspace.')).toBeVisible();
  await expect(row).toContainText('Petra Platform');
  await inspect('admin-cadence');
  await row.getByRole('button', { name: 'Back to the default' }).click();
  await expect(row.getByRole('button')).toHaveCount(0);
  await expect(row.getByLabel('Override for Granola')).toHaveValue('');
});
