import { countAfter, inTextOrder } from './text-order.js';

describe('ids in the order of their texts', () => {
  const sorted = (low: number, high: number) =>
    Array.from({ length: high - low }, (_, i) => low + i).sort((a, b) => (String(a) < String(b) ? -1 : 1));

  it.each([
    [1, 2],
    [7, 130],
    [901, 1201],
    [98, 10_203],
    [5, 5],
  ])('is what sorting %i to %i gives', (low, high) => {
    expect([...inTextOrder(low, high)]).toEqual(sorted(low, high));
  });

  it.each(['', '0', '1', '10', '100', '1000', '950', '999', '9', '99', 'x'])('goes on after %j', (after) => {
    const rest = sorted(901, 1201).filter((id) => String(id) > after);
    expect([...inTextOrder(901, 1201, after)]).toEqual(rest);
    expect(countAfter(901, 1201, after)).toBe(rest.length);
  });
});
