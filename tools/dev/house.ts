// All services in one process: what `npm start` forks. Same modules, bus and databases as one process each.
// `SERVICES=gateway,access` leaves the others out, for those that run as processes of their own.
import { readFileSync } from 'node:fs';

import { endOnSignal, type RunningService } from '@connections/platform';
import { seed, type SeedPlan } from './seed.js';

/** In the order in which they are closed: nothing new comes in first, the owners of data go last. */
const NAMES = [
  'gateway',
  'puller',
  'sync',
  'projection',
  'oauth',
  'connections',
  'catalog',
  'access',
] as const;

/** Each service exports `start<Name>()`, which reads its configuration from the environment. */
async function start(name: string): Promise<RunningService> {
  const exported = (await import(`@connections/${name}`)) as Record<string, () => Promise<RunningService>>;
  const starter = exported[`start${name.charAt(0).toUpperCase()}${name.slice(1)}`];
  if (!starter) throw new Error(`@connections/${name} exports no start function`);
  return starter();
}

const services: RunningService[] = [];
endOnSignal('house', async () => {
  for (const service of services) await service.close();
});

try {
  const wanted = process.env.SERVICES?.split(',') ?? [...NAMES];
  services.push(...(await Promise.all(NAMES.filter((name) => wanted.includes(name)).map(start))));
  const { SEED_PLAN_FILE: planFile } = process.env;
  const plan = planFile ? readFileSync(planFile, 'utf8') : process.env.SEED_PLAN;
  if (plan) await seed(JSON.parse(plan) as SeedPlan);
  process.send?.({ ready: 'house', urls: Object.fromEntries(services.map(({ name, url }) => [name, url])) });
} catch (error) {
  console.error(error);
  process.exit(1);
}
