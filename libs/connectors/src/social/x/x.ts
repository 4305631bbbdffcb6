import { ProviderError } from '../../kit/definition.js';
import type { ConnectorDefinition, ProviderAccount, ProviderHttp } from '../../kit/definition.js';
import type { AppQuota } from '../../kit/quota.js';
import { textAt } from '../../kit/value-at.js';
import { classify, problemIn } from './faults.js';
import { normaliseHandle } from './handle.js';
import { streams, userFields } from './streams.js';

/** The app's, for each endpoint by itself. */
const quotas: readonly AppQuota[] = [
  { name: 'username', requests: 300, windowSeconds: 900, path: /^\/2\/users\/by\/username\// },
  { name: 'timeline', requests: 10_000, windowSeconds: 900, path: /^\/2\/users\/\d+\/tweets/ },
  { name: 'user', requests: 300, windowSeconds: 900, path: /^\/2\/users\/\d+$/ },
  { name: 'posts', requests: 3_500, windowSeconds: 900, path: /^\/2\/tweets/ },
];

export const x: ConnectorDefinition = {
  type: 'x',
  name: 'X / Twitter',
  category: 'social',
  ownership: 'workspace',
  description: 'Profile, followers and posts of a public account, with their metrics over time.',
  auth: {
    method: 'handle',
    credential: {
      label: 'Handle',
      placeholder: '@acme',
      help: 'The account’s name on X, with or without @, or the address of its profile. It has to be public.',
    },
    normalise: normaliseHandle,
    resolve,
    platformTokenUrl: 'https://api.x.com/oauth2/token',
  },
  api: {
    baseUrl: 'https://api.x.com',
    authorize: (token) => ({ authorization: `Bearer ${token}` }),
    quotas,
    classify,
  },
  streams,
  social: {
    followers: 'profile',
    metrics: 'posts',
    accountUrl: ({ handle, externalId }) => profileUrl(handle, externalId),
    post: (data, { handle }) => {
      const id = textAt(data, 'id')!;
      const text = textAt(data, 'note_tweet.text') ?? textAt(data, 'text') ?? null;
      return { id, text, url: `https://x.com/${handle ?? 'i'}/status/${id}` };
    },
  },
};

/** By id where the name is not known: X redirects. */
const profileUrl = (handle: string | undefined, id: string): string =>
  handle === undefined ? `https://x.com/i/user/${id}` : `https://x.com/${handle}`;

async function resolve(http: ProviderHttp, handle: string): Promise<ProviderAccount> {
  const path = `/2/users/by/username/${encodeURIComponent(handle)}`;
  const { body } = await http.request({ path, query: { 'user.fields': userFields } }).catch(notFound);
  const externalId = textAt(body, 'data.id');
  // Unknown, suspended and withheld accounts come with status 200, errors and no data.
  if (externalId === undefined) {
    throw new ProviderError({ kind: 'handle_not_found', note: problemIn(body) ?? 'no data' });
  }
  const username = textAt(body, 'data.username') ?? handle;
  return {
    externalId,
    label: `@${username}`,
    handle: username.toLowerCase(),
    displayName: textAt(body, 'data.name') ?? username,
    url: `https://x.com/${username}`,
  };
}

function notFound(error: unknown): never {
  if (error instanceof ProviderError && error.fault.kind === 'gone') {
    throw new ProviderError({ kind: 'handle_not_found' }, error.answer, { cause: error });
  }
  throw error;
}
