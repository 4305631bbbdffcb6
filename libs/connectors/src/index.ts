export * from './kit/definition.js';
export { agentFor, closeProviderPools, refuseLiteral } from './kit/http/agent.js';
export { advancedWatermark, sinceOf } from './kit/cursor-value.js';
export {
  apiBaseUrl,
  authBaseUrl,
  authUrl,
  setting,
  variableName,
  type Environment,
} from './kit/http/endpoints.js';
export { namedBaseUrl, RefusedHost } from './kit/http/hosts.js';
export { createProviderHttp, type ProviderHttpOptions } from './kit/http/http.js';
export {
  accountQuotasOf,
  quotaOf,
  quotaRequests,
  quotaVariables,
  type AccountQuota,
  type AppQuota,
} from './kit/quota.js';
export { readPage, type Page, type PageRequest, type StoredId, type StoredQuery } from './kit/read-page.js';
export { textAt, valueAt } from './kit/value-at.js';
export type { SocialDefinition, SocialMetrics, SocialPost } from './social/social.js';
export { connectors, findConnector } from './registry.js';
export { isConnectable, pullerStatus } from './connectable.js';
export { defaultIntervalOf } from './default-interval.js';
