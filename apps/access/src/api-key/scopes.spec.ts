import { effectiveScopes, scopesOfMember } from './scopes.js';

describe('effective scopes', () => {
  const wanted = ['connections:read', 'connections:write', 'platform:read', 'platform:write'];

  it.each([
    [{ role: 'viewer' }, ['connections:read']],
    [{ role: 'editor' }, ['connections:read', 'connections:write']],
    [{ role: 'viewer', platformRole: 'platform_member' }, ['connections:read', 'platform:read']],
    [
      { role: 'viewer', platformRole: 'engineering' },
      ['connections:read', 'platform:read', 'platform:write'],
    ],
    [{ role: 'editor', platformRole: 'superadmin' }, wanted],
    [{ role: 'admin', platformRole: 'nobody' }, ['connections:read', 'connections:write']],
  ])('of a key with more than %j has', (member, expected) => {
    expect(effectiveScopes(wanted, member)).toEqual(expected);
  });

  it('are no more than the key has', () => {
    expect(effectiveScopes(['connections:read'], { role: 'admin' })).toEqual(['connections:read']);
  });

  it('are none for a role that this build does not know', () => {
    expect(scopesOfMember({ role: 'captain' })).toEqual([]);
  });
});
