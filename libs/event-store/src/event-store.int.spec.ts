import { commandContext, createStore, type TestStore } from '../test/store.js';
import { workspaceDecider } from '../test/workspace.decider.js';
import { ClaimConflict, type UnitOfWork } from './index.js';

const create = (slug: string) => ({ type: 'Create' as const, data: { name: slug, slug } });
const addMember = (userId: string, email = `${userId}@acme.test`) => ({
  type: 'AddMember' as const,
  data: { userId, email },
});

describe('the event store', () => {
  let test: TestStore;
  beforeAll(async () => void (test = await createStore()));
  afterAll(() => test.close());

  const run = <T>(work: (tx: UnitOfWork) => Promise<T>) => test.store.transaction(commandContext(), work);
  const events = (stream: string) => test.store.history.read({ stream, limit: 100 });

  it('records what was decided, and reads it back as it was', async () => {
    const { events: recorded, version } = await run(async (tx) => {
      await tx.execute(workspaceDecider, 'a', create('a'));
      return tx.execute(workspaceDecider, 'a', addMember('u1'));
    });
    expect(version).toBe(2);
    const read = await events('workspace-a');
    expect(read.map((event) => [event.type, event.version])).toEqual([
      ['WorkspaceCreated', 1],
      ['MemberAdded', 2],
    ]);
    expect(read[1]).toEqual(recorded[0]);
    expect(read[0]).toMatchObject({
      aggregateId: 'a',
      stream: 'workspace-a',
      recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      meta: { workspaceId: 'w', actor: 'user:u' },
    });
    expect(await run((tx) => tx.load(workspaceDecider, 'a'))).toEqual({
      state: { created: true, members: ['u1'] },
      version: 2,
    });
  });

  it('queues every event for the relay in the same transaction', async () => {
    await run((tx) => tx.execute(workspaceDecider, 'queued', create('queued')));
    const [{ n } = {}] = await test.rows(
      `select count(*)::int as n from outbox join events using (position) where stream = 'workspace-queued'`,
    );
    expect(n).toBe(1);
  });

  it('writes nothing when the work fails', async () => {
    const failing = run(async (tx) => {
      await tx.execute(workspaceDecider, 'failed', create('failed'));
      throw new Error('after the events');
    });
    await expect(failing).rejects.toThrow('after the events');
    expect(await events('workspace-failed')).toEqual([]);
    expect(await run((tx) => tx.claimOwner('slug', 'failed'))).toBeUndefined();
  });

  it('refuses to acknowledge a transaction that failed behind the handler’s back', async () => {
    const swallowing = run(async (tx) => {
      await tx.execute(workspaceDecider, 'swallowed', create('swallowed'));
      await tx.manager.query('select 1 / 0').catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('current transaction is aborted');
  });

  it('refuses an event that does not fit its message', async () => {
    const wrong = { ...workspaceDecider, decide: () => [{ type: 'WorkspaceCreated', data: { name: 7 } }] };
    await expect(run((tx) => tx.execute(wrong as never, 'wrong', create('x')))).rejects.toThrow();
    const unknown = { ...workspaceDecider, decide: () => [{ type: 'NeverHeardOf', data: {} }] };
    await expect(run((tx) => tx.execute(unknown as never, 'wrong', create('x')))).rejects.toThrow(
      'has no message',
    );
  });

  it('runs effects after the commit only, and survives theirs failing', async () => {
    const seen: string[] = [];
    await run(async (tx) => {
      tx.afterCommit(() => {
        throw new Error('effects are on their own');
      });
      tx.afterCommit(() => void seen.push('committed'));
      expect(seen).toEqual([]);
    });
    await run(async (tx) => {
      tx.afterCommit(() => void seen.push('never'));
      throw new Error('no');
    }).catch(() => undefined);
    expect(seen).toEqual(['committed']);
  });

  it('retries a lost optimistic race until every writer has its turn', async () => {
    await run((tx) => tx.execute(workspaceDecider, 'raced', create('raced')));
    await Promise.all(
      ['u1', 'u2', 'u3', 'u4'].map((user) =>
        run((tx) => tx.execute(workspaceDecider, 'raced', addMember(user, `${user}@raced.test`))),
      ),
    );
    const read = await events('workspace-raced');
    expect(read.map((event) => event.version)).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives a race up as a conflict', async () => {
    await run((tx) => tx.execute(workspaceDecider, 'lost', create('lost')));
    let tries = 0;
    const losing = run(async (tx) => {
      await tx.load(workspaceDecider, 'lost');
      const member = addMember(`w${++tries}`, `w${tries}@lost.test`);
      await run((other) => other.execute(workspaceDecider, 'lost', member));
      await tx.execute(workspaceDecider, 'lost', addMember('me', 'me@lost.test'));
    });
    await expect(losing).rejects.toMatchObject({ code: 'conflict' });
    expect(tries).toBe(5);
  });

  describe('claims', () => {
    it('let one of two at once through, and name the owner to the other', async () => {
      const outcomes = await Promise.allSettled(
        ['c1', 'c2'].map((id) => run((tx) => tx.execute(workspaceDecider, id, create('same')))),
      );
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
      expect(outcomes[1 - winner]).toMatchObject({
        reason: { name: 'ClaimConflict', kind: 'slug', key: 'same', ownerId: `c${winner + 1}` },
      });
    });

    it('leave the transaction usable, and nothing half taken, when caught', async () => {
      await run((tx) => tx.execute(workspaceDecider, 'holder', create('held')));
      const owner = await run(async (tx) => {
        try {
          await tx.execute(workspaceDecider, 'second', create('held'));
          return undefined;
        } catch (error) {
          if (!(error instanceof ClaimConflict)) throw error;
          await tx.execute(workspaceDecider, 'second', create('another'));
          return error.ownerId;
        }
      });
      expect(owner).toBe('holder');
      expect((await events('workspace-second')).map((event) => event.version)).toEqual([1]);
      expect(await run((tx) => tx.claimOwner('slug', 'another'))).toBe('second');
    });

    it('can be given back and taken again in one transaction', async () => {
      const moving = {
        ...workspaceDecider,
        claims: () => [
          { op: 'release' as const, kind: 'slug', key: 'held' },
          { op: 'acquire' as const, kind: 'slug', key: 'moved' },
        ],
      };
      await run((tx) => tx.execute(moving, 'holder', addMember('m', 'm@held.test')));
      await run((tx) => tx.execute(workspaceDecider, 'heir', create('held')));
      expect(await run((tx) => tx.claimOwner('slug', 'held'))).toBe('heir');
    });
  });

  describe('stored answers', () => {
    it('spare a repeated command its work', async () => {
      const context = { ...commandContext(), method: 'Create' };
      let runs = 0;
      const attempt = () =>
        test.store.command(context, async (tx) => {
          runs++;
          const { version } = await tx.execute(workspaceDecider, 'once', create('once'));
          return { version, nested: { list: [1, 2] } };
        });
      const first = await attempt();
      expect(await attempt()).toEqual(first);
      expect(runs).toBe(1);
    });

    it('hold when the same command comes twice at once', async () => {
      const context = commandContext();
      const attempt = () =>
        test.store.command(context, async (tx) => {
          const user = Math.random().toString(36);
          await tx.execute(workspaceDecider, 'twice', create('twice'));
          await tx.execute(workspaceDecider, 'twice', addMember(user, `${user}@twice.test`));
          return { user };
        });
      const [left, right] = await Promise.all([attempt(), attempt()]);
      expect(left).toEqual(right);
      expect(await events('workspace-twice')).toHaveLength(2);
    });

    it('are kept per method, and not for refusals', async () => {
      const context = commandContext();
      const add = () =>
        test.store.command(context, async (tx) => {
          const { version } = await tx.execute(workspaceDecider, 'late', addMember('l', 'l@late.test'));
          return { version };
        });
      await expect(add()).rejects.toMatchObject({ code: 'not_found' });
      await run((tx) => tx.execute(workspaceDecider, 'late', create('late')));
      expect(await add()).toEqual({ version: 2 });
      expect(
        await test.store.command({ ...context, method: 'Other' }, () => Promise.resolve({ other: true })),
      ).toEqual({ other: true });
    });
  });
});
