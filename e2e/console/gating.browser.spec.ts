import type { Page } from '@playwright/test';

import type { Client } from './environment/client.js';
import { environment } from './environment/environment.js';
import { expect, signInAs, test, type Who } from './environment/test.js';

/** Rights follow a change within this time, on a machine that does nothing else. */
const AT_ONCE = { timeout: 10_000 };

const headings = {
  '/connections': 'Connections',
  '/settings/apps': 'Apps',
  '/settings/access': 'Access',
  '/settings/members': 'Members',
  '/settings/api-keys': 'API keys',
  '/settings/audit': 'Audit',
  '/admin/cadence': 'Connector cadence',
} as const;
type Path = keyof typeof headings;

/** What a page says to who may not see it. */
const explanations = {
  admins: 'This page is for admins.',
  off: 'Connections is switched off for this workspace.',
  hidden: 'Connections is hidden from you.',
  nothing: 'There is nothing here for this workspace.',
} as const;

type Seen = 'there' | keyof typeof explanations;

interface Caller {
  readonly name: string;
  readonly who: Who;
  readonly prepare?: (admin: Client) => Promise<unknown>;
  /** In the order of {@link headings}. */
  readonly sees: readonly [Seen, Seen, Seen, Seen, Seen, Seen, Seen];
}

const policy = (level: 'hidden' | 'read') => (admin: Client) =>
  admin.put('settings/access/connections', { roles: { viewer: level, editor: level, admin: 'write' } });

// What the list and the detail page show of the level Read is for their own tests.
const callers: readonly Caller[] = [
  {
    name: 'A viewer',
    who: 'viewer',
    sees: ['there', 'admins', 'admins', 'there', 'there', 'admins', 'nothing'],
  },
  {
    name: 'An editor',
    who: 'editor',
    sees: ['there', 'admins', 'admins', 'there', 'there', 'admins', 'nothing'],
  },
  { name: 'An admin', who: 'admin', sees: ['there', 'there', 'there', 'there', 'there', 'there', 'nothing'] },
  {
    name: 'An editor with Read',
    who: 'editor',
    prepare: policy('read'),
    sees: ['there', 'admins', 'admins', 'there', 'there', 'admins', 'nothing'],
  },
  {
    name: 'A viewer from whom Connections is hidden',
    who: 'viewer',
    prepare: policy('hidden'),
    sees: ['hidden', 'admins', 'admins', 'there', 'there', 'admins', 'nothing'],
  },
  {
    name: 'An admin whose app is off',
    who: 'admin',
    prepare: (admin) => admin.put('settings/apps/connections', { enabled: false }),
    sees: ['off', 'there', 'there', 'there', 'there', 'there', 'nothing'],
  },
];

async function expectPages(page: Page, sees: Caller['sees']): Promise<void> {
  const paths = Object.keys(headings) as Path[];
  const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
  await expect(links).toHaveText(
    paths.filter((_path, at) => sees[at] === 'there').map((path) => headings[path]),
  );
  for (const [at, path] of paths.entries()) {
    const seen = sees[at] ?? 'nothing';
    await page.goto(path);
    const heading = seen === 'nothing' ? 'Not found' : headings[path];
    await expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible();
    if (seen !== 'there') await expect(page.getByRole('main')).toContainText(explanations[seen]);
    for (const [other, text] of Object.entries(explanations))
      if (other !== seen) await expect(page.getByText(text)).toHaveCount(0);
  }
}

for (const { name, who, prepare, sees } of callers) {
  test(`${name} finds the pages that are theirs, and is told who can grant the others.`, async ({
    page,
    signIn,
    api,
    allowed,
  }) => {
    test.slow();
    allowed.push(/403/);
    await prepare?.(api());
    await signIn(who, '/settings/members');
    await expectPages(page, sees);
    if (who === 'admin') return;
    await expect(page.getByRole('link', { name: 'To the connections' })).toBeVisible();
    await page.goto('/settings/audit');
    await expect(
      page.getByText(/You are (a viewer|an editor) of Workspace \d+\. Ada Admin can make you an admin\./),
    ).toBeVisible();
    await page.goto('/settings/members');
    await expect(page.getByText('Members are managed by admins. Ada Admin can make you one.')).toBeVisible();
    await expect(page.getByRole('button', { name: /Add a member|Actions for/ })).toHaveCount(0);
    await page.goto('/settings/api-keys');
    await expect(page.getByText('Keys are made by admins. Ada Admin can make you one.')).toBeVisible();
    // Their own key only, which they may revoke.
    await expect(page.getByRole('button', { name: /^Revoke/ })).toHaveCount(1);
    // What is opened by its URL is explained as well, not offered.
    await page.goto('/settings/api-keys?dialog=make');
    await expect(page.getByText('Keys are made by admins.')).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
}

test('Platform staff finds the cadences: a superadmin sets them, a platform member looks.', async ({
  page,
  inspect,
  allowed,
}) => {
  allowed.push(/403/);
  const slug = environment().workspaces[0]?.slug;
  await signInAs(page, 'sandbox-0190a000-0001-7000-8000-000000000009', '/admin/cadence', slug);
  await expect(page.getByRole('link', { name: 'Connector cadence' })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByText('A change applies to every workspace at once')).toBeVisible();
  await expect(page.getByLabel('Override for HubSpot')).toBeEnabled();
  await page.context().clearCookies();
  await signInAs(page, 'sandbox-0190a000-0001-7000-8000-000000000010', '/admin/cadence', slug);
  await expect(
    page.getByText('You can look. Platform engineering and superadmins can change it'),
  ).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'HubSpot' })).toContainText('Every hour');
  await expect(page.getByRole('main').getByRole('combobox')).toHaveCount(0);
  await inspect('admin-cadence-read');
});

test('What is taken away while somebody looks is gone at once, and there again when it is given back.', async ({
  page,
  signIn,
  api,
  workspace,
  inspect,
  allowed,
}) => {
  allowed.push(/403/);
  const admin = api();
  const editor = workspace.members[1]?.id;
  await signIn('editor', '/connections');
  const place = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Connections' });
  await expect(place).toBeVisible();
  await policy('hidden')(admin);
  await expect(page.getByText(explanations.hidden)).toBeVisible(AT_ONCE);
  await expect(page.getByText('Ada Admin can give you access.')).toBeVisible();
  await expect(place).toHaveCount(0);
  await inspect('gated-hidden');
  await admin.delete('settings/access/connections');
  await page.reload();
  await expect(place).toBeVisible();

  // A role that is given and taken: the page follows, wherever one is.
  await admin.patch(`members/${editor}`, { role: 'admin' });
  const access = page.getByRole('link', { name: 'Access' });
  await expect(access).toBeVisible(AT_ONCE);
  await access.click();
  await expect(page.getByText('No policy: everyone has full access')).toBeVisible();
  await admin.patch(`members/${editor}`, { role: 'viewer' });
  await expect(page.getByText(explanations.admins)).toBeVisible(AT_ONCE);
  await expect(access).toHaveCount(0);
  await inspect('gated-admins');
});
