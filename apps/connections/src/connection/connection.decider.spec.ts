import { specificationOf } from '@connections/event-sourcing';

import { claims, evolve, initialState, visibleStatus, type ConnectionEvent } from './connection.js';
import type { ConnectionCommand, ConnectorFacts } from './connection.command.js';
import { connectionDecider } from './connection.decider.js';

const { given } = specificationOf(connectionDecider);

const now = '2026-06-12T18:04:11.000Z';
const by = { workspaceId: 'w1', userId: 'u1', now };
const hubspot: ConnectorFacts = {
  connectorType: 'hubspot',
  category: 'crm',
  authMethod: 'oauth',
  ownership: 'workspace',
};
const gmail: ConnectorFacts = {
  ...hubspot,
  connectorType: 'gmail',
  category: 'comms',
  ownership: 'personal',
};
const account = { externalId: '4711', label: 'acme.test' };

const requested = (connector = hubspot): ConnectionEvent => ({
  type: 'ConnectionRequested',
  data: {
    workspaceId: 'w1',
    ...connector,
    name: 'HubSpot',
    ownerUserId: connector.ownership === 'personal' ? 'u1' : undefined,
    requestedBy: 'u1',
    requestedAt: now,
  },
});
const established = (connector = hubspot): ConnectionEvent => ({
  type: 'ConnectionEstablished',
  data: {
    workspaceId: 'w1',
    ...connector,
    name: 'HubSpot',
    ownerUserId: connector.ownership === 'personal' ? 'u1' : undefined,
    consentUserId: 'u1',
    credentialId: 'c1',
    account,
    requestedRunId: 'run_1',
    establishedAt: now,
  },
});
const establish: ConnectionCommand = {
  type: 'Establish',
  ...by,
  connector: hubspot,
  name: 'HubSpot',
  credentialId: 'c1',
  account,
  runId: 'run_1',
};
const reconnect = (
  over: Partial<Extract<ConnectionCommand, { type: 'Reconnect' }>> = {},
): ConnectionCommand => ({
  type: 'Reconnect',
  ...by,
  credentialId: 'c2',
  account,
  runId: 'run_2',
  ...over,
});
const reconnected = (over: object = {}): ConnectionEvent => ({
  type: 'ConnectionReconnected',
  data: {
    workspaceId: 'w1',
    connectorType: 'hubspot',
    consentUserId: 'u1',
    credentialId: 'c2',
    account,
    requestedRunId: 'run_2',
    revived: false,
    paused: false,
    reconnectedAt: now,
    ownerUserId: undefined,
    ...over,
  },
});
const started: ConnectionEvent = {
  type: 'ConnectionReconnectStarted',
  data: { startedBy: 'u1', startedAt: now, expiresAt: now },
};
const paused: ConnectionEvent = { type: 'ConnectionPaused', data: { pausedBy: 'u1', pausedAt: now } };
const rejected: ConnectionEvent = {
  type: 'ConnectionCredentialsRejected',
  data: { credentialId: 'c1', rejectedAt: now },
};
const disconnected = (credentialId = 'c1'): ConnectionEvent => ({
  type: 'ConnectionDisconnected',
  data: { disconnectedBy: 'u1', disconnectedAt: now, credentialId },
});

describe('connecting', () => {
  it('requests a pending row once', () => {
    given([])
      .when({ type: 'Request', ...by, connector: hubspot, name: 'HubSpot' })
      .then([requested()]);
    given([requested()])
      .when({ type: 'Request', ...by, connector: hubspot, name: 'HubSpot' })
      .thenNothingHappened();
  });
  it('establishes a new row and a pending one', () => {
    given([]).when(establish).then([established()]);
    given([requested()]).when(establish).then([established()]);
  });
  it('is idempotent by credential', () => {
    given([established()]).when(establish).thenNothingHappened();
  });
  it('makes the approving member the owner of a personal connection, whoever asked for the row', () => {
    const other = requested(gmail);
    given([{ ...other, data: { ...other.data, ownerUserId: 'u9' } } as ConnectionEvent])
      .when({ ...establish, connector: gmail })
      .then([established(gmail)]);
    given([])
      .when({ ...establish, connector: gmail })
      .then([established(gmail)]);
  });
});

describe('reconnecting', () => {
  it('replaces the credential in place', () => {
    given([established(), rejected]).when(reconnect()).then([reconnected()]);
  });
  it('refuses another account', () => {
    given([established()])
      .when(reconnect({ account: { externalId: '1', label: 'other' } }))
      .thenThrows('account_mismatch');
  });
  it('skips the check where the provider names no account', () => {
    const nameless = { externalId: '', label: 'key' };
    given([established()])
      .when(reconnect({ account: nameless }))
      .then([reconnected({ account: nameless })]);
  });
  it('stays paused and requests no run then', () => {
    given([established(), paused])
      .when(reconnect())
      .then([reconnected({ paused: true, requestedRunId: '' })]);
  });
  it('revives a disconnected row', () => {
    given([established(), disconnected()])
      .when(reconnect())
      .then([reconnected({ revived: true })]);
  });
  it('shows pending meanwhile and returns to the earlier state when it lapses', () => {
    const { state } = given([established(), paused, started]);
    expect(visibleStatus(state)).toBe('pending');
    const lapsed: ConnectionEvent = { type: 'ConnectionReconnectLapsed', data: { lapsedAt: now } };
    given([established(), paused, started]).when({ type: 'LapseReconnect', now }).then([lapsed]);
    expect(visibleStatus(given([established(), paused, started, lapsed]).state)).toBe('paused');
  });
  it('leaves a never approved row pending', () => {
    given([requested()])
      .when({ type: 'StartReconnect', ...by, expiresAt: now })
      .thenNothingHappened();
  });
});

describe('a row of another workspace', () => {
  const other = { ...by, workspaceId: 'w2' };
  it.each<ConnectionCommand>([
    { type: 'Update', ...other, name: 'x' },
    { type: 'RequestSync', ...other, runId: 'run_9' },
    { type: 'Pause', ...other },
    { type: 'Resume', ...other },
    { type: 'Disconnect', ...other },
    { type: 'StartReconnect', ...other, expiresAt: now },
    reconnect({ workspaceId: 'w2' }),
  ])('is refused as one that does not exist: $type', (command) => {
    given([established()]).when(command).thenThrows('not_found');
    given([]).when(command).thenThrows('not_found');
  });
});

describe('states', () => {
  it('sync only a connected row whose credentials hold', () => {
    const sync: ConnectionCommand = { type: 'RequestSync', ...by, runId: 'run_3' };
    given([established()])
      .when(sync)
      .then([
        {
          type: 'ConnectionSyncRequested',
          data: { requestedRunId: 'run_3', requestedBy: 'u1', requestedAt: now },
        },
      ]);
    for (const history of [
      [requested()],
      [established(), paused],
      [established(), rejected],
      [established(), started],
      [established(), disconnected()],
    ]) {
      given(history).when(sync).thenThrows('invalid_state');
    }
  });
  it('pause and resume are idempotent', () => {
    given([established()])
      .when({ type: 'Pause', ...by })
      .then([paused]);
    given([established(), paused])
      .when({ type: 'Pause', ...by })
      .thenNothingHappened();
    given([established()])
      .when({ type: 'Resume', ...by })
      .thenNothingHappened();
    given([requested()])
      .when({ type: 'Pause', ...by })
      .thenThrows('invalid_state');
  });
  it('a verdict on a replaced credential says nothing', () => {
    given([established()]).when({ type: 'RejectCredentials', credentialId: 'c1', now }).then([rejected]);
    given([established(), reconnected()])
      .when({ type: 'RejectCredentials', credentialId: 'c1', now })
      .thenNothingHappened();
    given([established(), rejected])
      .when({ type: 'RejectCredentials', credentialId: 'c1', now })
      .thenNothingHappened();
  });
  it('disconnect twice is one', () => {
    given([established()])
      .when({ type: 'Disconnect', ...by })
      .then([disconnected()]);
    given([requested()])
      .when({ type: 'Disconnect', ...by })
      .then([disconnected('')]);
    given([established(), disconnected()])
      .when({ type: 'Disconnect', ...by })
      .thenNothingHappened();
  });
  it('only a never approved row is discarded', () => {
    given([requested()])
      .when({ type: 'Discard', now })
      .then([{ type: 'ConnectionDiscarded', data: { discardedAt: now } }]);
    given([established(), started]).when({ type: 'Discard', now }).thenNothingHappened();
  });
  it('a workspace connection has no owner', () => {
    given([established()])
      .when({ type: 'Update', ...by, name: 'New', owner: { userId: 'u2' } })
      .thenThrows('owner_not_allowed');
    given([established(gmail)])
      .when({ type: 'Update', ...by, name: 'New', owner: { userId: 'u2' } })
      .then([
        { type: 'ConnectionRenamed', data: { name: 'New' } },
        { type: 'ConnectionOwnerChanged', data: { ownerUserId: 'u2' } },
      ]);
  });
});

describe('claims', () => {
  const changes = (history: readonly ConnectionEvent[]) => {
    let state = initialState;
    return history.map((event) => {
      const made = claims(state, event);
      state = evolve(state, event);
      return made.map(({ op, kind, key }) => `${op} ${kind} ${key}`);
    });
  };
  it('hold one slot per workspace connector, from request to disconnect, and remember the account after', () => {
    expect(changes([requested(), established(), disconnected(), reconnected({ revived: true })])).toEqual([
      ['acquire slot w1:hubspot'],
      [],
      ['release slot w1:hubspot', 'acquire dormant w1:hubspot:4711'],
      ['release dormant w1:hubspot:4711', 'acquire slot w1:hubspot'],
    ]);
  });
  it('follow the owner of a personal connection', () => {
    expect(
      changes([established(gmail), { type: 'ConnectionOwnerChanged', data: { ownerUserId: 'u2' } }]),
    ).toEqual([
      ['acquire slot w1:gmail:owner:u1'],
      ['release slot w1:gmail:owner:u1', 'acquire slot w1:gmail:owner:u2'],
    ]);
  });
  it('are one per account for a social connection', () => {
    const x = { ...hubspot, connectorType: 'x', category: 'social', authMethod: 'handle' };
    expect(changes([established(x)])).toEqual([['acquire slot w1:x:account:4711']]);
  });
});

describe('a member who leaves', () => {
  const leave = (userId = 'u1', workspaceId = 'w1'): ConnectionCommand => ({
    type: 'ReleaseMember',
    workspaceId,
    userId,
    removedBy: 'u9',
    now,
  });
  const ownerless: ConnectionEvent = { type: 'ConnectionOwnerChanged', data: { ownerUserId: undefined } };
  const paused: ConnectionEvent = {
    type: 'ConnectionPaused',
    data: { pausedBy: 'u9', pausedAt: now, consentEnded: true },
  };
  const handedOn: ConnectionEvent = { type: 'ConnectionOwnerChanged', data: { ownerUserId: 'u2' } };
  const resume: ConnectionCommand = { type: 'Resume', ...by };

  it('leaves a mailbox paused and without an owner', () =>
    given([established(gmail)])
      .when(leave())
      .then([ownerless, paused]));
  it('whose consent it rests on pauses it, whoever is called its owner', () =>
    given([established(gmail), handedOn])
      .when(leave())
      .then([paused]));
  it('who is only called its owner does not pause it', () =>
    given([established(gmail), handedOn])
      .when(leave('u2'))
      .then([ownerless]));
  it('leaves once', () =>
    given([established(gmail), ownerless, paused])
      .when(leave())
      .thenNothingHappened());
  it('does nothing to what belongs to the workspace', () =>
    given([established()]).when(leave()).thenNothingHappened());
  it('does nothing elsewhere', () =>
    given([established(gmail)])
      .when(leave('u1', 'w2'))
      .thenNothingHappened());
  it('gives a pending row back', () =>
    given([requested(gmail)])
      .when(leave())
      .then([ownerless]));
  it('is not resumed without', () =>
    given([established(gmail), ownerless, paused])
      .when(resume)
      .thenThrows('invalid_state'));
  it('is replaced by a new consent', () => {
    const { state } = given([established(gmail), ownerless, paused]);
    const events = connectionDecider.decide(reconnect({ userId: 'u2', credentialId: 'c2' }), state);
    const renewed = given([established(gmail), ownerless, paused, ...events]);
    return renewed
      .when(resume)
      .then([{ type: 'ConnectionResumed', data: { resumedBy: 'u1', resumedAt: now } }]);
  });
});
