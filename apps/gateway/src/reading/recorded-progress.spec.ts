import { RecordedProgress } from './recorded-progress.js';

const run = { connectionId: 'c1', runId: 'run_1' };

describe('what running runs have written', () => {
  it('is told by run and stream', async () => {
    const rows = ['contacts', 'deals'].map((stream) => ({ runId: 'run_1', stream, written: 5 }));
    const progress = new RecordedProgress({ written: () => Promise.resolve(rows) });
    expect((await progress.written([run])).get('run_1')).toEqual(
      new Map([
        ['contacts', 5],
        ['deals', 5],
      ]),
    );
  });

  it.each([
    ['fails', () => Promise.reject(new Error('away'))],
    ['does not answer in time', () => new Promise<never>(() => undefined)],
  ])('is not known when the record store %s, which then is left alone for a while', async (_how, ask) => {
    let asked = 0;
    const progress = new RecordedProgress({ written: () => (asked++, ask()) }, 1);
    expect((await progress.written([run])).size).toBe(0);
    expect((await progress.written([run])).size).toBe(0);
    expect(asked).toBe(1);
  });
});
