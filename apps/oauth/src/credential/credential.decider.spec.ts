import { specificationOf } from '@connections/event-sourcing';

import { credential, type CredentialCommand, type CredentialEvent } from './credential.decider.js';

const { given } = specificationOf(credential);

const data = { credentialId: 'c1', workspaceId: 'w1', connectorType: 'hubspot', kind: 'oauth' };
const staged: CredentialEvent = { type: 'CredentialStaged', data };
const activated: CredentialEvent = {
  type: 'CredentialActivated',
  data: { credentialId: 'c1', connectionId: 'x1' },
};
const retired: CredentialEvent = {
  type: 'CredentialRetired',
  data: { credentialId: 'c1', reason: 'disconnected' },
};
const rejected = (connectionId: string): CredentialEvent => ({
  type: 'CredentialRejected',
  data: { credentialId: 'c1', connectionId, workspaceId: 'w1', version: 3 },
});

const stage: CredentialCommand = { type: 'StageCredential', data };
const activate: CredentialCommand = { type: 'ActivateCredential', data: activated.data as never };
const retire: CredentialCommand = { type: 'RetireCredential', data: retired.data as never };
const reject: CredentialCommand = { type: 'RejectCredential', data: { credentialId: 'c1', version: 3 } };

describe('a credential', () => {
  it('is staged once', () => {
    given([]).when(stage).then([staged]);
    given([staged]).when(stage).thenNothingHappened();
  });
  it('is activated once', () => {
    given([staged]).when(activate).then([activated]);
    given([staged, activated]).when(activate).thenNothingHappened();
  });
  it('is retired once, from any status', () => {
    given([staged]).when(retire).then([retired]);
    given([staged, activated]).when(retire).then([retired]);
    given([staged, activated, rejected('x1')])
      .when(retire)
      .then([retired]);
    given([staged, retired]).when(retire).thenNothingHappened();
  });
  it('stays retired, for its secrets are wiped', () =>
    given([staged, retired]).when(activate).thenNothingHappened());
  it('of a handle has no secrets to lose and comes back', () =>
    given([{ type: 'CredentialStaged', data: { ...data, kind: 'handle' } }, retired])
      .when(activate)
      .then([activated]));
  it('must exist', () => given([]).when(activate).thenThrows('not_found'));
});

describe('a rejection', () => {
  it('names the connection', () =>
    given([staged, activated])
      .when(reject)
      .then([rejected('x1')]));
  it('happens once', () =>
    given([staged, activated, rejected('x1')])
      .when(reject)
      .thenNothingHappened());
  it('of a staged credential names none', () =>
    given([staged])
      .when(reject)
      .then([rejected('')]));
  it('made while staged is repeated for the connection that then takes the credential', () =>
    given([staged, rejected('')])
      .when(activate)
      .then([activated, rejected('x1')]));
  it('is not undone by a late activation', () =>
    given([staged, activated, rejected('x1')])
      .when(activate)
      .thenNothingHappened());
  it('of a retired credential means nothing', () =>
    given([staged, retired]).when(reject).thenNothingHappened());
});
