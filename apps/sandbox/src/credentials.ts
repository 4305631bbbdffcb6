/**
 * The credentials that the stand-ins accept from the start. They open nothing but the sandbox: what development,
 * tests and the README's examples use where production has the platform's real ones.
 */
export const sandboxCredentials = {
  oidc: { client_id: 'sandbox-console', client_secret: 'sandbox-console-secret' },
  hubspot: { client_id: 'sandbox-hubspot-client', client_secret: 'sandbox-hubspot-secret' },
  salesforce: {
    client_id: 'sandbox-salesforce-client',
    client_secret: 'sandbox-salesforce-secret',
    base_url: 'named with each token',
  },
  gong: {
    client_id: 'sandbox-gong-client',
    client_secret: 'sandbox-gong-secret',
    base_url: 'named with each token',
  },
  pipedrive: { api_key: 'sandbox_1001' },
  fathom: { api_key: 'sandbox_1001' },
  aircall: { api_key: 'sandbox_1001:token' },
  grain: { api_key: 'sandbox_1001' },
  fireflies: { api_key: 'sandbox_1001' },
  granola: { api_key: 'grn_sandbox_1001' },
  x: {
    handle: 'acme',
    bearer: 'sandbox-x-bearer',
    client_id: 'sandbox-x-client',
    client_secret: 'sandbox-x-secret',
  },
  linkedin: {
    handle: 'acme',
    client_id: 'sandbox-linkedin-client',
    client_secret: 'sandbox-linkedin-secret',
    refresh_token: 'sandbox-linkedin-refresh',
  },
  pylon: { api_key: 'sandbox_pylon_1001' },
  notion: { client_id: 'sandbox-notion-client', client_secret: 'sandbox_notion-secret' },
  gmail: { client_id: 'sandbox-gmail-client.apps.example', client_secret: 'sandbox-gmail-secret' },
  outlook: { client_id: 'sandbox-outlook-client', client_secret: 'sandbox-outlook-secret' },
  slack: { client_id: 'sandbox-slack-client', client_secret: 'sandbox-slack-secret' },
} as const;
