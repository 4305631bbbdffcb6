/**
 * What `npm start` prints when all is up.
 * @param {ReturnType<import('./seed-plan.mjs').devFile>} dev
 * @param {{ dataDir: string, database: string, nats: string, seconds: number, demo: string }} where
 */
export function greeting(dev, { dataDir, database, nats, seconds, demo }) {
  const workspaces = dev.workspaces.flatMap(({ name, keys }) => [
    `  ${name}`,
    ...Object.entries(keys).map(([who, key]) => `    ${who.padEnd(10)} ${key}`),
  ]);
  const key = dev.workspaces[0]?.keys.admin;
  return `
Connections is up (${seconds.toFixed(1)} s).

  Console    ${dev.gateway}/
  API        ${dev.gateway}/api/platform/v1
  API docs   ${dev.gateway}/api/docs
  Sign in    ${dev.sign_in}
  Sandbox    ${dev.sandbox}
  PostgreSQL ${database.replace(/:[^:@/]*@/, ':…@')}
  NATS       ${nats}
  Demo       ${demo}
  Data       ${dataDir} (addresses and keys for scripts: dev.json; logs: *.log)

Keys
${workspaces.join('\n')}
  Platform     ${dev.platform_key}

Try it
  curl ${dev.gateway}/api/platform/v1/connections -H 'X-API-Key: ${key}' \\
    -H 'Content-Type: application/json' -d '{"connector_type": "x", "account_handle": "acme"}'
  curl ${dev.gateway}/api/platform/v1/connections -H 'X-API-Key: ${key}'

Ctrl-C stops everything.`;
}
