import { eventually } from '@connections/testing';

import { commandContext, createStore, type TestStore } from '../test/store.js';
import { workspaceDecider } from '../test/workspace.decider.js';

describe('history', () => {
  let test: TestStore;
  beforeAll(async () => void (test = await createStore()));
  afterAll(() => test.close());

  const create = (id: string, released?: Promise<void>, appended?: () => void) =>
    test.store.transaction(commandContext(), async (tx) => {
      await tx.execute(workspaceDecider, id, { type: 'Create', data: { name: id, slug: id } });
      appended?.();
      await released;
    });

  it('is read in pages by position, narrowed to an aggregate type', async () => {
    for (const id of ['a', 'b', 'c']) await create(id);
    const { history } = test.store;
    const first = await history.read({ limit: 2 });
    expect(first.map(({ aggregateId }) => aggregateId)).toEqual(['a', 'b']);
    const rest = await history.read({ afterPosition: first[1]?.position, aggregate: 'workspace', limit: 10 });
    expect(rest.map(({ aggregateId }) => aggregateId)).toEqual(['c']);
    expect(await history.read({ aggregate: 'work', limit: 10 })).toEqual([]);
  });

  it('has a head that waits for what is in flight below it', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: appended, resolve: hasAppended } = Promise.withResolvers<void>();
    const slow = create('slow', released, hasAppended);
    await appended;
    await create('quick');
    let settled = false;
    const head = test.store.history.settledHead().then((position) => {
      settled = true;
      return position;
    });
    await test.rows('select pg_sleep(0.1)');
    expect(settled).toBe(false);
    release();
    await slow;
    const position = await head;
    const events = await test.store.history.read({ limit: 100 });
    expect(position).toBeGreaterThanOrEqual(events.at(-1)?.position ?? Infinity);
    expect(events.map(({ aggregateId }) => aggregateId)).toContain('slow');
  });

  it('forgets a purged stream, and no other', async () => {
    expect(await test.store.purge('workspace-b')).toBe(1);
    await eventually(async () => {
      const left = await test.store.history.read({ limit: 100 });
      expect(left.map(({ aggregateId }) => aggregateId)).not.toContain('b');
      expect(left.map(({ aggregateId }) => aggregateId)).toContain('a');
    });
  });
});
