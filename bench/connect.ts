import type { Client } from '../e2e/house/client.js';

const keyOf: Readonly<Record<string, (account: number) => string>> = {
  pipedrive: (account) => `sandbox_${account}`,
  fathom: (account) => `sandbox_${account}`,
  grain: (account) => `sandbox_${account}`,
  fireflies: (account) => `sandbox_${account}`,
  aircall: (account) => `sandbox_${account}:token`,
  granola: (account) => `grn_sandbox_${account}`,
  pylon: (account) => `sandbox_pylon_${account}`,
};
const handles = ['x', 'linkedin'];

/** Connects an account of a stand-in, in the way that its connector asks for; gives the connection's id. */
export async function connectAccount(client: Client, type: string, account: number): Promise<string> {
  const body = { connector_type: type };
  if (handles.includes(type)) {
    return (await client.connect({ ...body, account_handle: `page${account}` })).id;
  }
  const api_key = keyOf[type]?.(account);
  if (api_key === undefined) return client.approve(body, { sandbox_account: String(account) });
  return (await client.connect({ ...body, api_key })).id;
}
