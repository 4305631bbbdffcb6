import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

import { Client } from './client.js';
import { environment, takeWorkspace, type PlannedWorkspace } from './environment.js';
import { Sandbox } from './sandbox.js';

export { expect };

export type Who = 'admin' | 'editor' | 'viewer';

export interface Fixtures {
  /** A workspace of this test alone, empty, with an admin, an editor and a viewer. */
  readonly workspace: PlannedWorkspace;
  /** The API with a key of somebody of the workspace. */
  readonly api: (who?: Who) => Client;
  readonly sandbox: Sandbox;
  /** Signs somebody of the workspace in and opens a path. */
  readonly signIn: (who?: Who, path?: string, page?: Page) => Promise<void>;
  /** Errors in the browser's console that the test means to bring about; every other one fails it. */
  readonly allowed: RegExp[];
  /** Looks for faults that a person who cannot see, or not well, would meet; in both themes. Keeps pictures named so. */
  readonly inspect: (name: string, page?: Page) => Promise<void>;
}

export const test = base.extend<Fixtures>({
  workspace: async ({}, use) => use(takeWorkspace()),
  allowed: async ({ context }, use, info) => {
    const faults: string[] = [];
    const allowed: RegExp[] = [];
    context.on('page', (page) => {
      page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
    });
    context.on('console', (message) => {
      if (message.type() !== 'error' && !/Content.Security.Policy/i.test(message.text())) return;
      const { url } = message.location();
      // The provider's own pages are not ours to mend.
      if (url === '' || url.startsWith(environment().baseUrl)) faults.push(`${message.text()} ${url}`);
    });
    await use(allowed);
    const unexpected = faults.filter((fault) => !allowed.some((pattern) => pattern.test(fault)));
    if (info.status === 'passed') expect(unexpected, 'errors in the browser’s console').toEqual([]);
  },
  api: async ({ workspace }, use) =>
    use((who = 'admin') => new Client(environment().baseUrl, workspace.keys[who]?.key ?? '')),

  sandbox: async ({}, use) => use(new Sandbox(environment().sandboxUrl)),
  // `allowed` is asked for so that the console is watched from the beginning.
  signIn: async ({ page, workspace, allowed: _watched }, use) =>
    use(async (who = 'admin', path = '/connections', where = page) => {
      const member = workspace.members.find(({ email }) => email.startsWith(`${who}@`));
      await signInAs(where, `sandbox-${member?.id}`, path, workspace.slug);
    }),
  inspect: async ({ page }, use) => use((name, where = page) => inspectPage(where, name)),
});

/** By the sandbox's page of people, one press each, to `path` of the console, or to an address of another gateway. */
export async function signInAs(page: Page, subject: string, path: string, workspace?: string): Promise<void> {
  const { origin, pathname, search } = new URL(path, environment().baseUrl);
  const query = new URLSearchParams({ return_to: pathname + search, ...(workspace && { workspace }) });
  await page.goto(`${origin}/api/platform/v1/session/sign-in?${query}`);
  await page.locator(`[name="subject"][value="${subject}"]`).click();
  await page.waitForURL((url) => url.origin === origin && url.pathname === pathname);
}

/** Pictures that the README shows; made again with `WRITE_README_PICTURES=1 npm run browser -- healths connection`. */
const inReadme: Readonly<Record<string, string>> = {
  'connections-healths': 'connections',
  'connection-degraded': 'connection',
};

async function inspectPage(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((value) => (document.documentElement.dataset.theme = value), theme);
    // Colours that are on their way to the other theme are nobody's fault.
    await page.evaluate(() =>
      Promise.all(document.getAnimations().map((each) => each.finished.catch(() => 0))),
    );
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
    }));
    expect(found, `${name}, ${theme}`).toEqual([]);
    const path = join(import.meta.dirname, `../../../.data/pictures/${name}-${theme}.png`);
    await page.screenshot({ path, animations: 'disabled' });
    const shown = inReadme[name];
    if (process.env.WRITE_README_PICTURES && shown && theme === 'light')
      copyFileSync(path, join(import.meta.dirname, `../../../docs/images/${shown}.png`));
  }
  await page.evaluate(() => (document.documentElement.dataset.theme = 'light'));
}
