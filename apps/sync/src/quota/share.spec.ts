import { shareOf } from './share.js';

/** Workspaces that ask by turns for one permit each, until nobody gets any; how many each got. */
function flood(limit: number, workspaces: number, wanted = 1): number[] {
  const got = Array.from({ length: workspaces }, () => 0);
  for (let given = 1; given > 0;) {
    given = 0;
    for (const [index, mine] of got.entries()) {
      const used = got.reduce((sum, one) => sum + one, 0);
      const share = shareOf({ limit, used, mine, wanted, shared: true });
      got[index] = mine + share;
      given += share;
    }
  }
  return got;
}

describe('a workspace’s share of the app’s limit', () => {
  const state = { limit: 300, used: 0, mine: 0, wanted: 8, shared: true };

  it('is what it wants while there is plenty', () => {
    expect(shareOf(state)).toBe(8);
    expect(shareOf({ ...state, used: 200, mine: 0 })).toBe(8);
  });

  it('is one half at most where others live on the limit, however many permits it asks for at once', () => {
    expect(flood(300, 1)).toEqual([150]);
    expect(flood(300, 1, 1_000)).toEqual([150]);
    expect(shareOf({ ...state, used: 150, mine: 150 })).toBe(0);
  });

  it('leaves a latecomer something, whoever came before', () => {
    expect(flood(300, 2)).toEqual([100, 100]);
    const afterwards = shareOf({ ...state, used: 200, mine: 0, wanted: 300 });
    expect(afterwards).toBe(50);
    for (const workspaces of [3, 10, 99]) {
      const got = flood(300, workspaces);
      const left = 300 - got.reduce((sum, one) => sum + one, 0);
      expect(left).toBeGreaterThanOrEqual(Math.max(...got) - 1);
    }
  });

  it('is nine tenths where nobody else lives on the limit yet, and never more', () => {
    expect(shareOf({ ...state, shared: false, wanted: 1_000 })).toBe(270);
    expect(shareOf({ ...state, shared: false, used: 269, mine: 269 })).toBe(1);
    expect(shareOf({ ...state, shared: false, used: 270, mine: 270 })).toBe(0);
    expect(shareOf({ ...state, used: 270 })).toBe(8);
    expect(shareOf({ ...state, shared: false, used: 310, mine: 310 })).toBe(0);
  });

  it('gives the last permit to somebody', () => {
    for (const shared of [true, false])
      expect(shareOf({ limit: 1, used: 0, mine: 0, wanted: 8, shared })).toBe(1);
    expect(shareOf({ limit: 5, used: 4, mine: 0, wanted: 8, shared: true })).toBe(1);
  });
});
