import type { OAuthDefinition } from '@connections/connectors';

import { grantedScopes, missingScopes } from './granted-scopes.js';

const definition = { scopes: ['oauth', 'contacts.read'] } as unknown as OAuthDefinition;

describe('granted scopes', () => {
  it.each([
    [{ scopes: ['oauth', 'contacts.read'] }, []],
    [{ scope: 'contacts.read oauth extra' }, []],
    [{ scope: 'oauth,contacts.read' }, []],
    [{}, []],
    [{ scope: 'oauth' }, ['contacts.read']],
    [{ scopes: [] }, ['oauth', 'contacts.read']],
  ])('of %j lack %j', (answer, missing) => {
    expect(missingScopes(grantedScopes(answer, definition), definition)).toEqual(missing);
  });
});
