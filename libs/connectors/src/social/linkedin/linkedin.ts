import { ProviderError } from '../../kit/definition.js';
import type { ConnectorDefinition, ProviderAccount, ProviderHttp } from '../../kit/definition.js';
import { textAt, valueAt } from '../../kit/value-at.js';
import { classify } from './faults.js';
import { normaliseHandle } from './handle.js';
import { postMetrics, posts } from './posts.js';
import { followerCounts, organization, statistics } from './statistics.js';
import { listOf, restliPath } from './restli.js';

/** Served for a year from its month on, then answered with 426: to be raised once a year. */
const VERSION = '202608';

export const linkedin: ConnectorDefinition = {
  type: 'linkedin',
  name: 'LinkedIn',
  category: 'social',
  ownership: 'workspace',
  description: 'Followers and posts of a company page, with their metrics over time.',
  auth: {
    method: 'handle',
    credential: {
      label: 'Page',
      placeholder: 'acme',
      help: 'The name of a company, school or showcase page as its address has it (linkedin.com/company/acme), or the whole address. People’s profiles cannot be connected.',
    },
    normalise: normaliseHandle,
    resolve,
    platformTokenUrl: 'https://www.linkedin.com/oauth/v2/accessToken',
    // Only a member's token reads pages; tokens of the app alone are for other products.
    platformGrant: 'refresh_token',
  },
  api: {
    baseUrl: 'https://api.linkedin.com',
    authorize: (token) => ({ authorization: `Bearer ${token}` }),
    headers: { 'linkedin-version': VERSION, 'x-restli-protocol-version': '2.0.0' },
    // LinkedIn publishes no number: the developer portal shows each app its own.
    quotas: [{ name: 'day', requests: 5_000, windowSeconds: 86_400, path: /^/ }],
    classify,
  },
  streams: [
    organization,
    followerCounts,
    statistics('follower_statistics', 'organizationalEntityFollowerStatistics', 'organizationalEntity'),
    statistics('share_statistics', 'organizationalEntityShareStatistics', 'organizationalEntity'),
    statistics('page_statistics', 'organizationPageStatistics', 'organization'),
    posts,
    postMetrics,
  ],
  social: {
    followers: 'follower_count',
    metrics: 'post_statistics',
    activity: 'share_statistics',
    followerGains: {
      stream: 'follower_statistics',
      fields: ['followerGains.organicFollowerGain', 'followerGains.paidFollowerGain'],
    },
    accountUrl: ({ handle, externalId }) => pageUrl(handle ?? externalId),
    post: (data) => {
      const id = textAt(data, 'id')!;
      return {
        id,
        text: textAt(data, 'commentary') ?? null,
        url: `https://www.linkedin.com/feed/update/${id}/`,
      };
    },
  },
};

/** A page by its name, or by its id where that was given. It need not be one that the platform's member administers. */
async function resolve(http: ProviderHttp, handle: string): Promise<ProviderAccount> {
  const byId = /^\d+$/.test(handle);
  const path = byId
    ? restliPath('organizationsLookup', { ids: listOf([handle]) })
    : restliPath('organizations', { q: 'vanityName', vanityName: encodeURIComponent(handle) });
  const { body } = await http.request({ path }).catch(notFound);
  const page = valueAt(body, byId ? `results.${handle}` : 'elements.0');
  const externalId = textAt(page, 'id');
  if (externalId === undefined) throw new ProviderError({ kind: 'handle_not_found', note: 'no such page' });
  const name = textAt(page, 'vanityName') ?? handle;
  const label = textAt(page, 'localizedName') ?? name;
  return { externalId, label, handle: name.toLowerCase(), displayName: label, url: pageUrl(name) };
}

const pageUrl = (name: string): string => `https://www.linkedin.com/company/${encodeURIComponent(name)}`;

function notFound(error: unknown): never {
  if (error instanceof ProviderError && error.fault.kind === 'gone') {
    throw new ProviderError({ kind: 'handle_not_found' }, error.answer, { cause: error });
  }
  throw error;
}
