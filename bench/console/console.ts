import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { chromium, type Browser, type BrowserContext } from '@playwright/test';

import { freePort } from '../../tools/setup/ports.mjs';
import { progress, type Bench, type Finding } from '../bench.js';
import { openHouse, type BenchHouse } from '../house.js';
import { countEvents, filledWorkspace, syncAll } from './many-connections.js';
import { countReads, interactions, layoutShift, open, paint, rowsInPage } from './page.js';

const CONNECTIONS = 1_000;
const DIST = join(import.meta.dirname, '../../apps/console/dist');

/** The console in a real browser, slowed down to what a modest laptop on a modest line is. */
export const consoleInBrowser: Bench = {
  name: 'console',
  title: 'the console in a browser: sizes, first paint, filtering, live events',
  async run(scale) {
    const connections = Math.max(20, Math.round(CONNECTIONS * scale));
    const port = await freePort();
    const baseUrl = `http://localhost:${port}`;
    const bench = await openHouse(0, { PUBLIC_URL: baseUrl, GATEWAY_PORT: String(port) });
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    });
    try {
      return await measure(browser, bench, baseUrl, connections);
    } finally {
      await browser.close();
      await bench.house.close();
    }
  },
};

async function measure(browser: Browser, { house }: BenchHouse, baseUrl: string, connections: number) {
  progress(`connecting ${connections} accounts`);
  await filledWorkspace(house, connections);
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  await signIn(context, baseUrl, house.workspace().members[0]?.id ?? '');

  progress('sizes, first paint cold and warm');
  const sizes = await sizesOf(context, baseUrl);
  const cold = await paint(context, `${baseUrl}/connections`, { cold: true });
  const warm = await paint(context, `${baseUrl}/connections`, { cold: false });

  progress('filtering at a quarter of the speed');
  const page = await open(context, `${baseUrl}/connections`, { slowdown: 4 });
  const inp = await interactions(page);
  const rows = await rowsInPage(page);
  const cls = await layoutShift(page);
  await page.close();

  progress('live events');
  const live = await open(context, `${baseUrl}/connections`, { slowdown: 1 });
  const watched = countReads(live);
  const counted = await countEvents(house, house.workspace().keys.admin?.key ?? '');
  await syncAll(house);
  await watched.settled();
  const [events, gets] = [counted.events(), watched.reads()];
  counted.stop();
  await live.close();

  const under = (what: string, value: number, limit: number, unit: Finding['unit']): Finding => ({
    what,
    value,
    unit,
    target: { under: limit },
  });
  return {
    findings: [
      under('JavaScript of the list, gzip', sizes.js / 1000, 150, 'KB'),
      under('CSS of the list, gzip', sizes.css / 1000, 15, 'KB'),
      under('largest chunk of the charts, gzip', sizes.charts / 1000, 60, 'KB'),
      under('largest paint, cold, 4× slower, 1.6 Mbit/s', cold, 1_800, 'ms'),
      under('largest paint, warm', warm, 800, 'ms'),
      under(`interaction to next paint, filtering ${connections}`, inp, 100, 'ms'),
      under('layout shift', cls, 0.02, '×'),
      under(`rows in the page of ${connections} connections`, rows, 61, 'connections'),
      under(`reads caused by ${events} live events of known connections`, gets, 1, 'requests'),
    ],
    raw: { connections, sizes, cold, warm, inp, cls, rows, events, gets },
  };
}

async function signIn(context: BrowserContext, baseUrl: string, userId: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${baseUrl}/api/platform/v1/session/sign-in`);
  await page.locator(`[value="sandbox-${userId}"]`).click();
  await page.waitForURL(`${baseUrl}/connections`);
  await page.close();
}

/** Bytes of what the list loads by itself, as gzip makes them of the build's files, and of the charts' own chunk. */
async function sizesOf(context: BrowserContext, baseUrl: string) {
  const page = await context.newPage();
  const loaded = new Set<string>();
  page.on('response', (response) => loaded.add(new URL(response.url()).pathname));
  await page.goto(`${baseUrl}/connections`);
  await page.locator('[data-row-link]').first().waitFor();
  await page.close();
  const bytes = (ending: string) =>
    [...loaded]
      .filter((path) => path.endsWith(ending))
      .reduce((sum, path) => sum + gzipSync(readFileSync(join(DIST, path)), { level: 9 }).length, 0);
  return { js: bytes('.js'), css: bytes('.css'), charts: chartsChunk() };
}

function chartsChunk(): number {
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    { file: string; src?: string }
  >;
  const sizes = Object.values(manifest)
    .filter(({ src }) => src?.includes('/social/'))
    .map(({ file }) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length);
  return Math.max(0, ...sizes);
}
