import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { controlDemo, demoConnections } from './demo-plan.mjs';
import { startChild } from './processes.mjs';
import { demoOf } from './seed-plan.mjs';

const nothing = { stop: async () => {}, done: Promise.resolve('') };

/**
 * The workspace Demo, in two steps. The sandbox is new at each start, so first of all it is told again what befalls the
 * demo's accounts: a sync that is due at once must not find them well. Once the services are up, `fill` makes what is not
 * there, in a process of its own. Nothing that goes wrong with it ends `npm start`.
 * `DEMO=off` leaves it out, and so does `SERVICES`: it takes all of them.
 * @param {{ dataDir: string, plan: import('./seed-plan.mjs').SeedPlan, sandboxUrl: string }} where
 */
export async function startDemo({ dataDir, plan, sandboxUrl }) {
  const marker = join(dataDir, 'demo.json');
  const log = join(dataDir, 'seed-demo.log');
  const workspace = demoOf(plan);
  const isWanted = workspace && process.env.DEMO !== 'off' && !process.env.SERVICES;
  const isFilled = existsSync(marker);
  if (isWanted) {
    await controlDemo(sandboxUrl, 'nature');
    if (isFilled) await controlDemo(sandboxUrl, 'fault');
  }

  /** @param {{ gateway: string, environment: Record<string, string> }} services */
  function fill({ gateway, environment }) {
    if (!isWanted) return { ...nothing, state: 'off' };
    const child = startChild('tools/dev/seed-demo.ts', {
      env: {
        ...process.env,
        ...environment,
        GATEWAY: gateway,
        SANDBOX: sandboxUrl,
        DEMO_WORKSPACE: JSON.stringify(workspace),
        // A connector that the environment points at its real provider is not the sandbox's to play.
        DEMO_CONNECTORS: demoConnections
          .map(({ type }) => type)
          .filter((type) => environment[`${type.toUpperCase()}_AUTH_BASE_URL`]?.startsWith(sandboxUrl))
          .join(','),
      },
      logFile: log,
    });
    const done = child.ready.then(
      ({ failures }) => {
        if (failures > 0) return `ready but for ${failures} of its connections, see ${log}`;
        writeFileSync(marker, JSON.stringify({ filled_at: new Date().toISOString() }) + '\n');
        return 'ready';
      },
      () => `could not be filled, see ${log}`,
    );
    const state = isFilled ? 'there, and looked over' : 'filling';
    return {
      stop: () => child.stop(),
      state: `a connection in each health, workspace "Demo": ${state}`,
      done,
    };
  }
  return { fill };
}
