import type { VersionReader } from '@connections/read-model';

import { Reads } from './reads.js';

function controlled() {
  let version = '1';
  let rendered = 0;
  let staleAt: number | null = null;
  const reads = new Reads({
    workspaces: async (ids: readonly string[]) => new Map(ids.map((id) => [id, version])),
  } as VersionReader);
  const ask = async (key = 'k', workspace = 'w') =>
    String(
      (await reads.answer(workspace, key, async () => ({ value: { rendered: ++rendered }, staleAt })))?.bytes,
    );
  return { ask, reads, bump: () => (version += '1'), staleFrom: (at: number) => (staleAt = at) };
}

describe('reads', () => {
  it('answer the bytes of a version again and again', async () => {
    const { ask } = controlled();
    expect([await ask(), await ask()]).toEqual(['{"rendered":1}', '{"rendered":1}']);
  });

  it('render anew once the version has moved', async () => {
    const { ask, bump } = controlled();
    await ask();
    bump();
    expect(await ask()).toBe('{"rendered":2}');
  });

  it('render anew once time alone has made the answer untrue', async () => {
    const { ask, staleFrom } = controlled();
    staleFrom(Date.now() - 1);
    expect([await ask(), await ask()]).toEqual(['{"rendered":1}', '{"rendered":2}']);
    staleFrom(Date.now() + 60_000);
    expect([await ask(), await ask()]).toEqual(['{"rendered":3}', '{"rendered":3}']);
  });

  it('at once share one rendering', async () => {
    const { ask } = controlled();
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(Array(3).fill('{"rendered":1}'));
  });

  it('of different workspaces and keys share nothing', async () => {
    const { ask } = controlled();
    expect(await Promise.all([ask('a', 'w'), ask('a', 'v'), ask('b', 'w')])).toHaveLength(3);
    expect(new Set([await ask('a', 'w'), await ask('a', 'v'), await ask('b', 'w')]).size).toBe(3);
  });

  it('keep no "there is none"', async () => {
    const { reads, ask } = controlled();
    expect(await reads.answer('w', 'k', async () => undefined)).toBeUndefined();
    expect(await ask()).toBe('{"rendered":1}');
  });

  it('fail without a lasting trace', async () => {
    const { reads, ask } = controlled();
    await expect(reads.answer('w', 'k', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await ask()).toBe('{"rendered":1}');
  });
});
