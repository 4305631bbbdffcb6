import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { plannedWorkspace } from '../../../tools/dev/seed-plan.mjs';

export type PlannedWorkspace = ReturnType<typeof plannedWorkspace>;

/** What the global setup has started, for the processes in which the tests run. */
export interface TestEnvironment {
  readonly baseUrl: string;
  readonly sandboxUrl: string;
  readonly dataDir: string;
  /** Of the services, so that a test can start one more. */
  readonly variables: Readonly<Record<string, string>>;
  /** What the sandbox accepts, by connector type. */
  readonly credentials: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly workspaces: readonly PlannedWorkspace[];
}

export const environmentFile = (dataDir: string): string => join(dataDir, 'environment.json');

let read: TestEnvironment | undefined;

export function environment(): TestEnvironment {
  read ??= JSON.parse(readFileSync(process.env.CONSOLE_TEST_ENVIRONMENT ?? '', 'utf8')) as TestEnvironment;
  return read;
}

/** A workspace that no other test of this run has: a folder can be made once only, by whichever process. */
export function takeWorkspace(): PlannedWorkspace {
  const { dataDir, workspaces } = environment();
  for (const workspace of workspaces.slice(1)) {
    try {
      mkdirSync(join(dataDir, `taken-${workspace.slug}`));
      return workspace;
    } catch {
      // another test's
    }
  }
  throw new Error('More tests than workspaces: raise WORKSPACES in global-setup.ts.');
}
