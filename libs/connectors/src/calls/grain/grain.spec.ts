import { streams } from './streams.js';

it('rows from before the window say that its bounds were taken the other way round', () => {
  const record = streams.find(({ name }) => name === 'recordings')!.record!;
  const pass = { account: { externalId: '', label: '' }, upper: '2026-01-02T00:00:00Z' };
  const row = { id: '1', start_datetime: '2026-01-01T00:00:00Z' };
  expect(record(row, pass)).toEqual(row);
  expect(record(row, { ...pass, since: '2026-01-01T00:00:00.900Z' })).toEqual(row);
  expect(() => record(row, { ...pass, since: '2026-01-01T12:00:00.000Z' })).toThrow('after_datetime');
});
