import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectorDefinition } from './kit/definition.js';
import { variableName } from './kit/http/endpoints.js';
import { quotaVariables } from './kit/quota.js';
import { connectors } from './registry.js';

const root = join(import.meta.dirname, '../../..');
const live = connectors.filter(({ api }) => api);

/** What the code reads for a connector: see `endpoints.ts`, `connectable.ts`, `quota.ts`, and the vault's `provider` folder. */
function variablesOf(definition: ConnectorDefinition): string[] {
  const { type, auth } = definition;
  const suffixes = {
    api_key: ['BASE_URL'],
    oauth: ['BASE_URL', 'AUTH_BASE_URL', 'CLIENT_ID', 'CLIENT_SECRET'],
    handle: ['BASE_URL', 'AUTH_BASE_URL', 'BEARER_TOKEN', 'CLIENT_ID', 'CLIENT_SECRET'],
  }[auth.method];
  const renewed = auth.method === 'handle' && auth.platformGrant === 'refresh_token';
  const all = [...suffixes, ...(renewed ? ['REFRESH_TOKEN'] : [])];
  return [...all.map((suffix) => variableName(type, suffix)), ...quotaVariables(definition)];
}

describe('every live connector', () => {
  it.each(live.map((definition) => [definition.type, definition] as const))(
    '%s: how to go live is in docs/providers.md, with its variables and scopes as the code has them',
    (_type, definition) => {
      const page = readFileSync(join(root, 'docs/providers.md'), 'utf8');
      const section = page.split(/^## /m).find((text) => text.startsWith(`${headingOf(definition)}\n`)) ?? '';
      const { auth } = definition;
      const scopes = auth.method === 'oauth' ? [...auth.scopes, ...(auth.optionalScopes ?? [])] : [];
      const named = [...section.matchAll(/`([^`]+)`/g)].map(([, text]) => text);
      expect(named).toEqual(expect.arrayContaining([...variablesOf(definition), ...scopes]));
    },
  );

  it('asks for a key or a handle in words of its own', () => {
    const asked = live.filter(({ auth }) => auth.method !== 'oauth');
    for (const { auth, type } of asked) {
      const { credential } = auth as Extract<typeof auth, { method: 'api_key' | 'handle' }>;
      const { label = '', placeholder = '', help = '', helpUrl = 'https://' } = credential ?? {};
      expect([type, label.length > 2, placeholder.length > 2, help.length > 20]).toEqual([
        type,
        true,
        true,
        true,
      ]);
      expect(helpUrl).toMatch(/^https:\/\//);
    }
    expect(asked).not.toHaveLength(0);
  });

  it('has its variables in .env.example, and no other connector’s are there', () => {
    const names = readFileSync(join(root, '.env.example'), 'utf8').match(/(?<=^# )[A-Z0-9_]+(?==)/gm) ?? [];
    const prefixes = connectors.map(({ type }) => variableName(type, ''));
    const ofConnectors = names.filter((name) => prefixes.some((prefix) => name.startsWith(prefix)));
    expect(ofConnectors.sort()).toEqual(live.flatMap(variablesOf).sort());
  });
});

/** `X / Twitter` stands as X. */
const headingOf = ({ name }: ConnectorDefinition) => name.split(' / ')[0]!;
