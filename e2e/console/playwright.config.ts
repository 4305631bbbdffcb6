import { defineConfig } from '@playwright/test';
import { join } from 'node:path';

/** What this machine's Chromium is: found or installed by `tools/browser-tests.mjs`. */
const executablePath = process.env.CHROMIUM_PATH;
if (!executablePath) throw new Error('Run the browser tests with `npm run browser`, which finds a Chromium.');

const root = join(import.meta.dirname, '../..');

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.browser.spec.ts',
  outputDir: join(root, '.data/test/browser'),
  globalSetup: './environment/global-setup.ts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 60_000,
  // Two workers share two cores with Postgres, a broker and all services.
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env.CONSOLE_TEST_URL ?? 'http://localhost',
    viewport: { width: 1280, height: 860 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath,
      // On a closed network Chromium would else go on asking for its own services.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
