import { specificationOf } from '@connections/event-sourcing';

import { workspace, type WorkspaceCommand, type WorkspaceEvent } from './workspace.decider.js';

const { given } = specificationOf(workspace);

const acme = { workspaceId: 'w1', name: 'Acme', slug: 'acme', createdAt: '2026-06-12T18:04:11.000Z' };
const ada = {
  workspaceId: 'w1',
  userId: 'u1',
  email: 'ada@acme.test',
  name: 'Ada',
  role: 'admin',
  addedAt: '2026-06-12T18:04:11.000Z',
};
const created: WorkspaceEvent = { type: 'WorkspaceCreated', data: acme };
const adaAdded: WorkspaceEvent = { type: 'MemberAdded', data: ada };
const create: WorkspaceCommand = { type: 'CreateWorkspace', data: acme };
const add = (member: Partial<typeof ada> & { platformRole?: string }): WorkspaceCommand => ({
  type: 'AddMember',
  data: { ...ada, ...member },
});

describe('a workspace', () => {
  it('is created', () => given([]).when(create).then([created]));
  it('is created once', () => given([created]).when(create).thenNothingHappened());
  it('needs a slug that fits an address', () =>
    given([])
      .when({ type: 'CreateWorkspace', data: { ...acme, slug: 'Acme Inc' } })
      .thenThrows('invalid_request'));
  it('holds its slug alone', () =>
    expect(workspace.claims?.(workspace.initialState, created)).toEqual([
      { op: 'acquire', kind: 'workspace_slug', key: 'acme' },
    ]));
});

describe('a member', () => {
  it('is added', () => given([created]).when(add({})).then([adaAdded]));
  it('is added once', () => given([created, adaAdded]).when(add({})).thenNothingHappened());
  it('needs a workspace', () => given([]).when(add({})).thenThrows('not_found'));
  it('is refused under an e-mail that another member has, whatever its letter case', () =>
    given([created, adaAdded])
      .when(add({ userId: 'u2', email: 'Ada@ACME.test' }))
      .thenThrows('member_exists'));
  it('keeps the e-mail in lower case', () =>
    given([created])
      .when(add({ email: 'Ada@Acme.test' }))
      .then([adaAdded]));
  it('needs a role that exists', () =>
    given([created])
      .when(add({ role: 'owner' }))
      .thenThrows('invalid_request'));
  it('needs a platform role that exists', () =>
    given([created])
      .when(add({ platformRole: 'root' }))
      .thenThrows('invalid_request'));
});
