import { specificationOf } from '@connections/event-sourcing';

import {
  authorization,
  type AuthorizationCommand,
  type AuthorizationEvent,
} from './authorization.decider.js';

const { given } = specificationOf(authorization);

const about = { authorizationId: 'a1', workspaceId: 'w1', connectionId: 'x1', purpose: 'connect' };
const completed: AuthorizationEvent = {
  type: 'AuthorizationCompleted',
  data: { ...about, userId: 'u1', credentialId: 'c1', account: { externalId: '42', label: 'acme.test' } },
};
const expired: AuthorizationEvent = { type: 'AuthorizationExpired', data: { ...about, reason: 'lapsed' } };
const started: AuthorizationEvent = {
  type: 'AuthorizationStarted',
  data: {
    ...about,
    userId: 'u1',
    startedAt: '2026-06-12T18:00:00.000Z',
    expiresAt: '2026-06-12T18:10:00.000Z',
  },
};
const start: AuthorizationCommand = { type: 'StartAuthorization', data: started.data as never };
const complete: AuthorizationCommand = { type: 'CompleteAuthorization', data: completed.data as never };
const expire: AuthorizationCommand = { type: 'ExpireAuthorization', data: expired.data as never };

describe('an authorization', () => {
  it('starts', () => given([]).when(start).then([started]));
  it('ends after it started', () => given([started]).when(complete).then([completed]));
  it('completes', () => given([]).when(complete).then([completed]));
  it('expires', () => given([]).when(expire).then([expired]));
  it('does not expire after it completed', () => given([completed]).when(expire).thenNothingHappened());
  it('does not complete after it expired', () => given([expired]).when(complete).thenNothingHappened());
  it('ends once', () => {
    given([completed]).when(complete).thenNothingHappened();
    given([expired]).when(expire).thenNothingHappened();
  });
});
