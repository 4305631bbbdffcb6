import { spawnService, type ServiceProcess } from '@connections/testing';

import { House } from '../e2e/house/house.js';
import { Mailbox } from './mailbox.js';

export interface BenchHouse {
  readonly house: House;
  readonly puller: ServiceProcess;
  readonly gateway: ServiceProcess;
}

/**
 * The house as it runs in production where it matters for a measurement: puller, gateway and the providers' stand-ins
 * are processes of their own, the other services share one.
 * @param env added to every service's environment
 */
export async function openHouse(moreWorkspaces = 0, env: Record<string, string> = {}): Promise<BenchHouse> {
  const house = await House.open({
    sandbox: startSandbox,
    services: ['access', 'catalog', 'connections', 'oauth', 'sync', 'projection'],
    moreWorkspaces,
    env,
  });
  try {
    const [puller, gateway] = await Promise.all([house.start('puller'), house.start('gateway')]);
    return { house, puller, gateway };
  } catch (error) {
    await house.close();
    throw error;
  }
}

/** The providers' stand-ins as a process of their own. */
export async function startSandbox(): Promise<{ url: string; close(): Promise<void> }> {
  const process = await spawnService('tools/dev/sandbox.ts');
  const { url } = await new Mailbox(process).next<{ url: string }>();
  return { url, close: async () => void (await process.stop()) };
}

/** Rows of each of Pipedrive's streams: those given of deals, none of the others. */
export function onlyDeals(deals: number): { records: Record<string, number> } {
  const none = ['deals_archived', 'persons', 'organizations', 'activities', 'products', 'notes'];
  const others = ['leads', 'leads_archived', 'lead_labels', 'pipelines', 'stages'];
  return { records: { ...Object.fromEntries([...none, ...others].map((stream) => [stream, 0])), deals } };
}
