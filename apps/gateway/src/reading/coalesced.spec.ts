import { Coalesced } from './coalesced.js';

function controlled(atOnce = 1) {
  const asked: string[][] = [];
  const answers: ((values: Map<string, number>) => void)[] = [];
  const refusals: ((error: Error) => void)[] = [];
  const coalesced = new Coalesced<string, number>(
    (keys) =>
      new Promise((resolve, reject) => {
        asked.push(keys);
        answers.push(resolve);
        refusals.push(reject);
      }),
    atOnce,
  );
  return { asked, answers, refusals, coalesced };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('coalesced questions', () => {
  it('of one turn share a query', async () => {
    const { asked, answers, coalesced } = controlled();
    const both = Promise.all([coalesced.get('a'), coalesced.get('b'), coalesced.get('a')]);
    await turn();
    answers[0]?.(new Map([['a', 1]]));
    expect(await both).toEqual([1, undefined, 1]);
    expect(asked).toEqual([['a', 'b']]);
  });

  it('that come while a query is under way wait for the next one', async () => {
    const { asked, answers, coalesced } = controlled();
    const early = coalesced.get('a');
    await turn();
    const late = [coalesced.get('a'), coalesced.get('b')];
    answers[0]?.(new Map([['a', 1]]));
    expect(await early).toBe(1);
    await turn();
    answers[1]?.(new Map([['a', 2]]));
    expect(await Promise.all(late)).toEqual([2, undefined]);
    expect(asked).toEqual([['a'], ['a', 'b']]);
  });

  it('begin another query while fewer than allowed are under way', async () => {
    const { asked, answers, coalesced } = controlled(2);
    const first = coalesced.get('a');
    await turn();
    const second = coalesced.get('a');
    await turn();
    const third = coalesced.get('b');
    await turn();
    expect(asked).toEqual([['a'], ['a']]);
    answers[1]?.(new Map([['a', 2]]));
    expect(await second).toBe(2);
    await turn();
    expect(asked).toEqual([['a'], ['a'], ['b']]);
    answers[0]?.(new Map([['a', 1]]));
    answers[2]?.(new Map([['b', 3]]));
    expect(await Promise.all([first, third])).toEqual([1, 3]);
  });

  it('fail together and recover', async () => {
    const { answers, refusals, coalesced } = controlled();
    const failing = coalesced.get('a');
    await turn();
    refusals[0]?.(new Error('away'));
    await expect(failing).rejects.toThrow('away');
    const next = coalesced.get('a');
    await turn();
    answers[1]?.(new Map([['a', 3]]));
    expect(await next).toBe(3);
  });
});
