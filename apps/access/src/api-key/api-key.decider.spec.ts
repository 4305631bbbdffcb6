import { scopesOfRole } from '@connections/contracts';
import { specificationOf } from '@connections/event-sourcing';

import { apiKey, type ApiKeyCommand, type ApiKeyEvent } from './api-key.decider.js';

const { given } = specificationOf(apiKey);

const data = {
  keyId: 'k1',
  workspaceId: 'w1',
  userId: 'u1',
  name: 'CI',
  scopes: ['connections:read'],
  prefix: 'amdahl_sk_live_abcd',
  issuedAt: '2026-06-12T18:04:11.000Z',
};
const issued: ApiKeyEvent = { type: 'ApiKeyIssued', data };
const revocation = { keyId: 'k1', revokedBy: 'u1', revokedAt: '2026-06-13T00:00:00.000Z' };
const revoked: ApiKeyEvent = { type: 'ApiKeyRevoked', data: revocation };

const issue = (change: Partial<typeof data> = {}): ApiKeyCommand => ({
  type: 'IssueApiKey',
  data: { ...data, ...change },
  grantable: scopesOfRole.editor,
});
const revoke = (by = 'u1', mayRevokeOthers = false, workspaceId = 'w1'): ApiKeyCommand => ({
  type: 'RevokeApiKey',
  data: { ...revocation, revokedBy: by },
  workspaceId,
  mayRevokeOthers,
});

describe('issuing a key', () => {
  it('happens', () => given([]).when(issue()).then([issued]));
  it('happens once', () => given([issued]).when(issue()).thenNothingHappened());
  it('does not bring a revoked one back', () => given([issued, revoked]).when(issue()).thenNothingHappened());
  it('refuses an id that someone else has', () =>
    given([issued])
      .when(issue({ userId: 'u2' }))
      .thenThrows('conflict'));
  it('keeps when it expires', () => {
    const expiring = { ...data, expiresAt: '2026-07-12T18:04:11.000Z' };
    return given([])
      .when({ type: 'IssueApiKey', data: expiring, grantable: scopesOfRole.editor })
      .then([{ type: 'ApiKeyIssued', data: expiring }]);
  });
  it.each([data.issuedAt, '2020-01-01T00:00:00.000Z', 'soon'])(
    'refuses one that expires at %s',
    (expiresAt) =>
      given([])
        .when({ type: 'IssueApiKey', data: { ...data, expiresAt }, grantable: scopesOfRole.editor })
        .thenThrows('invalid_request'),
  );
  it('refuses a scope that does not exist', () =>
    given([])
      .when(issue({ scopes: ['connections:paint'] }))
      .thenThrows('unknown_scope'));
  it('refuses a scope that its creator lacks', () =>
    given([])
      .when(issue({ scopes: ['keys:manage'] }))
      .thenThrows('missing_scope'));
});

describe('revoking a key', () => {
  it('is free to its member', () => given([issued]).when(revoke()).then([revoked]));
  it('happens once', () => given([issued, revoked]).when(revoke()).thenNothingHappened());
  it('of another member needs keys:manage', () =>
    given([issued]).when(revoke('u2')).thenThrows('missing_scope'));
  it('of another member is open to a manager of keys', () =>
    given([issued])
      .when(revoke('u2', true))
      .then([{ type: 'ApiKeyRevoked', data: { ...revocation, revokedBy: 'u2' } }]));
  it('does not reach into another workspace', () =>
    given([issued])
      .when(revoke('u1', true, 'w2'))
      .thenThrows('not_found'));
  it('of none is refused', () => given([]).when(revoke()).thenThrows('not_found'));
});
