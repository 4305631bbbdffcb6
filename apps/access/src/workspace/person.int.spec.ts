import { randomUUID } from 'node:crypto';

import { SessionService } from '@connections/contracts';

import { AccessHouse, hashOf } from '../../test/access-house.js';

let house: AccessHouse;

beforeAll(async () => {
  house = await AccessHouse.start();
});
afterAll(() => house?.close());

/** A member with this address of a new workspace. */
async function memberAt(email: string) {
  const [workspaceId, userId] = [await house.workspace(), randomUUID()];
  await house.access.addMember({ workspaceId, userId, email, name: 'Ada', role: 'viewer' });
  return { workspaceId, userId };
}

interface Person {
  readonly subject: string;
  readonly email: string;
  readonly issuer?: string;
  readonly emailVerified?: boolean;
}

/** Signs in to a workspace; the session's id. */
async function signedIn(person: Person, { workspaceId }: { workspaceId: string }) {
  const sessions = house.bus.rpc(SessionService);
  const tokenHash = hashOf(randomUUID());
  await sessions.signIn({
    issuer: 'https://id.test',
    emailVerified: true,
    ...person,
    workspaceSlug: `acme-${workspaceId}`,
    tokenHash,
    csrfToken: 'csrf',
  });
  const { session } = await sessions.authenticateSession({ tokenHash });
  return session?.sessionId ?? '';
}

const workspaces = async (member: { workspaceId: string; userId: string }, sessionId?: string) => {
  const answer = await house.access.listWorkspaces({ ...member, ...(sessionId && { sessionId }) });
  return answer.workspaces.map(({ workspaceId }) => workspaceId);
};
const somebody = (): Person => {
  const subject = randomUUID();
  return { subject, email: `${subject}@acme.test` };
};

describe('the workspaces of a person', () => {
  it('are named, longest there first', async () => {
    const ada = somebody();
    const [first, second] = [await memberAt(ada.email), await memberAt(ada.email)];
    const sessionId = await signedIn(ada, second);
    const answer = await house.access.listWorkspaces({ ...second, sessionId });
    expect(answer.workspaces).toEqual(
      [first, second].map(({ workspaceId }) => ({ workspaceId, slug: `acme-${workspaceId}`, name: 'Acme' })),
    );
  });

  it('are those that they have signed in to, where they ask with a key', async () => {
    const ada = somebody();
    const [first, second, third] = [
      await memberAt(ada.email),
      await memberAt(ada.email),
      await memberAt(ada.email),
    ];
    expect(await workspaces(first)).toEqual([first.workspaceId]);
    await signedIn(ada, first);
    expect(await workspaces(first)).toEqual([first.workspaceId]);
    await signedIn(ada, third);
    expect(await workspaces(first)).toEqual([first.workspaceId, third.workspaceId]);
    expect(await workspaces(second)).toEqual([second.workspaceId]);
  });

  it('stay theirs when their address changes; the new one counts for the session that told it', async () => {
    const ada = somebody();
    const renamed = { ...ada, email: `new-${ada.email}` };
    const [first, old, fresh] = [
      await memberAt(ada.email),
      await memberAt(ada.email),
      await memberAt(renamed.email),
    ];
    const before = await signedIn(ada, first);
    const after = await signedIn(renamed, first);
    expect(await workspaces(first, before)).toEqual([first.workspaceId, old.workspaceId]);
    expect(await workspaces(first, after)).toEqual([first.workspaceId, fresh.workspaceId]);
  });

  it('are not those of somebody else who is given the address, nor of one whom nobody vouches for', async () => {
    const ada = somebody();
    const [first, second] = [await memberAt(ada.email), await memberAt(ada.email)];
    await signedIn(ada, first);
    const heir = { ...ada, subject: randomUUID() };
    const sessionId = await signedIn(heir, second);
    expect(await workspaces(second, sessionId)).toEqual([second.workspaceId]);
    const unverified = await signedIn({ ...ada, emailVerified: false }, first);
    await memberAt(ada.email);
    expect(await workspaces(first, unverified)).toEqual([first.workspaceId]);
  });

  it('are those of a current member alone', async () => {
    const ada = somebody();
    const [first, second] = [await memberAt(ada.email), await memberAt(ada.email)];
    const sessionId = await signedIn(ada, first);
    await signedIn(ada, second);
    await house.access.removeMember({ ...second, removedBy: randomUUID() });
    expect(await workspaces(first, sessionId)).toEqual([first.workspaceId]);
    await house.access.removeMember({ ...first, removedBy: randomUUID() });
    expect(await workspaces(first, sessionId)).toEqual([]);
  });

  it('are not told by another member’s session', async () => {
    const [ada, bob] = [somebody(), somebody()];
    const [hers, his, elsewhere] = [
      await memberAt(ada.email),
      await memberAt(bob.email),
      await memberAt(ada.email),
    ];
    const sessionId = await signedIn(ada, hers);
    expect(await workspaces(his, sessionId)).toEqual([his.workspaceId]);
    expect(await workspaces(hers, sessionId)).toEqual([hers.workspaceId, elsewhere.workspaceId]);
  });
});

it('names users of any workspace, and no one who is a member of none', async () => {
  const { userId } = await memberAt(`${randomUUID()}@acme.test`);
  expect(await house.access.nameUsers({ userIds: [userId, randomUUID()] })).toEqual({
    names: { [userId]: 'Ada' },
  });
});
