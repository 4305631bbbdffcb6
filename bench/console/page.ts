import type { BrowserContext, Page } from '@playwright/test';

// What runs within the page is text: this program knows no DOM.

/** Notes paints, shifts and slow interactions from the first moment on. */
const OBSERVE = `
  window.seen = { lcp: 0, cls: 0, inp: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.lcp = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.cls += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId) seen.inp = Math.max(seen.inp, entry.duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
`;

export async function open(
  context: BrowserContext,
  url: string,
  { slowdown }: { readonly slowdown: number },
): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(OBSERVE);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.goto(url);
  await page.locator('[data-row-link]').first().waitFor();
  return page;
}

/** Milliseconds to the largest paint on a processor four times slower behind a line of 1.6 Mbit/s; the median of three. */
export async function paint(
  context: BrowserContext,
  url: string,
  { cold }: { readonly cold: boolean },
): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const page = await context.newPage();
    await page.addInitScript(OBSERVE);
    const session = await context.newCDPSession(page);
    if (cold) await session.send('Network.clearBrowserCache');
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 40,
      downloadThroughput: 1_600_000 / 8,
      uploadThroughput: 750_000 / 8,
    });
    await page.goto(url);
    await page.locator('[data-row-link]').first().waitFor();
    // What is larger may come with the last answers.
    await page.waitForFunction('performance.now() > seen.lcp + 1500');
    times.push(await page.evaluate<number>('seen.lcp'));
    await page.close();
  }
  return times.sort((a, b) => a - b)[1] ?? NaN;
}

/** Types in the search and presses the filters, and tells the slowest answer of the page in milliseconds. */
export async function interactions(page: Page): Promise<number> {
  await page.waitForFunction(`document.querySelector('[aria-setsize]')?.ariaSetSize > 0`);
  const search = page.getByRole('searchbox');
  await search.click();
  for (const letter of ['a', 'c', 'c']) await page.keyboard.press(letter);
  for (let times = 0; times < 3; times++) await page.keyboard.press('Backspace');
  const filters = page.getByRole('group', { name: 'Filter by health' }).getByRole('button');
  for (const index of [1, 2, 0]) await filters.nth(index).click();
  // Entries come a frame or two after what they tell of.
  await page.evaluate('new Promise((done) => setTimeout(done, 500))');
  return page.evaluate<number>('seen.inp');
}

export const rowsInPage = (page: Page): Promise<number> => page.locator('[data-row-link]').count();

export const layoutShift = (page: Page): Promise<number> => page.evaluate<number>('seen.cls');

/** Counts the reads of the API that a page sends from now on. */
export function countReads(page: Page): {
  readonly reads: () => number;
  readonly settled: () => Promise<unknown>;
} {
  let reads = 0;
  page.on('request', (request) => {
    if (request.method() === 'GET' && request.url().includes('/api/')) reads += 1;
  });
  return {
    reads: () => reads,
    /** Resolves when nothing that is shown syncs, and what a late event would have asked for has been asked. */
    settled: async () => {
      await page.waitForFunction(`!document.querySelector('[data-health="syncing"]')`);
      await page.evaluate('new Promise((done) => setTimeout(done, 3000))');
    },
  };
}
