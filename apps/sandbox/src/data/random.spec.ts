import { Fields, seedOf } from './random.js';

describe('generated values', () => {
  it('are the same for the same coordinates and others for others', () => {
    expect(new Fields(1, 2).hex(3, 40)).toBe(new Fields(1, 2).hex(3, 40));
    const seeds = ['a', 'b', 'ab'].map((account) => seedOf('hubspot', account, 'contacts'));
    expect(new Set(seeds).size).toBe(3);
  });

  it.each([1, 18_000_000])('spread evenly over rows that lie %i apart', (apart) => {
    const counts = new Array<number>(6).fill(0);
    for (let row = 0; row < 6_000; row++) counts[new Fields(7, 1.6e12 + row * apart).int(3, 6)]!++;
    for (const n of counts) expect(Math.abs(n - 1_000)).toBeLessThan(150);
  });
});
