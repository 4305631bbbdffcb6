import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Limits of an account that pullers keep by themselves; the stand-ins mind none unless told to.
 * @type {Record<string, string>}
 */
const accountQuotas = { gong: 'COMPANY', granola: 'BURST', hubspot: 'SEARCH' };

/**
 * Points the connectors that the sandbox stands in for at it, with its credentials. A connector of which the caller's
 * environment names anything (`HUBSPOT_CLIENT_ID`, `PIPEDRIVE_BASE_URL`, …) is left to the caller.
 * @param {string} url
 * @param {Record<string, Record<string, string>>} credentials by connector type
 * @param {NodeJS.ProcessEnv} given
 * @returns {Record<string, string>}
 */
export function sandboxEnvironment(url, credentials, given) {
  /** @type {Record<string, string>} */
  const env = {};
  for (const [type, { client_id, client_secret, bearer, refresh_token, base_url }] of Object.entries(
    credentials,
  )) {
    if (type === 'oidc') continue;
    const prefix = type.toUpperCase();
    const own = ['BASE_URL', 'AUTH_BASE_URL', 'CLIENT_ID', 'CLIENT_SECRET', 'BEARER_TOKEN', 'REFRESH_TOKEN'];
    if (own.some((suffix) => given[`${prefix}_${suffix}`])) continue;
    env[`${prefix}_AUTH_BASE_URL`] = `${url}/${type}`;
    // Where the stand-in names each account's base URL with its tokens, a variable would overrule it.
    if (!base_url) env[`${prefix}_BASE_URL`] = `${url}/${type}`;
    if (client_id) env[`${prefix}_CLIENT_ID`] = client_id;
    if (client_secret) env[`${prefix}_CLIENT_SECRET`] = client_secret;
    if (bearer) env[`${prefix}_BEARER_TOKEN`] = bearer;
    if (refresh_token) env[`${prefix}_REFRESH_TOKEN`] = refresh_token;
    const quota = accountQuotas[type];
    if (quota) env[`${prefix}_QUOTA_${quota}`] = given[`${prefix}_QUOTA_${quota}`] ?? '1000000';
  }
  return { ...env, ...signInEnvironment(url, credentials, given) };
}

/**
 * Lets people sign in at the sandbox, unless the caller's environment names a provider; never in production, where the
 * gateway would refuse it.
 * @param {string} url
 * @param {Record<string, Record<string, string>>} credentials
 * @param {NodeJS.ProcessEnv} given
 * @returns {Record<string, string>}
 */
function signInEnvironment(url, { oidc }, given) {
  if (!oidc?.client_id || !oidc.client_secret) return {};
  if (given.OIDC_ISSUER || given.NODE_ENV === 'production') return {};
  const { client_id: OIDC_CLIENT_ID, client_secret: OIDC_CLIENT_SECRET } = oidc;
  return { OIDC_ISSUER: `${url}/oidc`, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET };
}

/**
 * The vault's key-encryption key of this data directory, made at its first start: with another one, stored credentials
 * cannot be read any more.
 * @param {string} dataDir
 */
export function vaultKeys(dataDir) {
  const file = join(dataDir, 'vault-keys');
  if (!existsSync(file)) writeFileSync(file, `1:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
