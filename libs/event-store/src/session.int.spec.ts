import { eventually } from '@connections/testing';

import { createStore, type TestStore } from '../test/store.js';
import { Session, type SessionLock } from './index.js';

describe('a session', () => {
  let test: TestStore;
  const sessions: Session[] = [];
  beforeAll(async () => void (test = await createStore()));
  afterEach(() => Promise.all(sessions.splice(0).map((session) => session.stop())));
  afterAll(() => test.close());

  const start = async () => {
    const session = new Session(test.url, 'session under test');
    sessions.push(session);
    await session.start();
    return session;
  };
  const want = (session: Session, name: string) => {
    const seen: string[] = [];
    const lock: SessionLock = session.lock(
      name,
      () => void seen.push('acquired'),
      () => void seen.push('lost'),
    );
    return { lock, seen };
  };

  it('shares a lock with nobody, and leaves it to the next when it ends', async () => {
    const first = want(await start(), 'one');
    await eventually(() => expect(first.lock.held).toBe(true));
    const second = want(await start(), 'one');
    const other = want(await start(), 'other');
    await eventually(() => expect(other.lock.held).toBe(true));
    expect(second.lock.held).toBe(false);
    await first.lock.release();
    await eventually(() => expect(second.seen).toEqual(['acquired']));
    await sessions[1]?.stop();
    expect(second.seen).toEqual(['acquired', 'lost']);
    const third = want(await start(), 'one');
    await eventually(() => expect(third.lock.held).toBe(true));
  });

  it('knows that its locks are gone with its connection, and gets them again', async () => {
    const { lock, seen } = want(await start(), 'cut');
    await eventually(() => expect(lock.held).toBe(true));
    await test.rows(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'session under test'`,
    );
    await eventually(() => expect(seen).toEqual(['acquired', 'lost', 'acquired']));
    expect(lock.held).toBe(true);
  });

  it('runs one statement after the other', async () => {
    const session = await start();
    const answers = await Promise.all(
      [1, 2, 3].map((n) => session.query<{ n: number }>('select $1::int as n', [n])),
    );
    expect(answers.flat()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    await expect(session.query('select nonsense')).rejects.toThrow('nonsense');
    expect(session.isConnected()).toBe(true);
  });
});
