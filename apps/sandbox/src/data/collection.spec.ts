import { Collection } from './collection.js';
import { Timeline } from './timeline.js';

const start = Date.UTC(2023, 0, 1);
const later = start + 1e9;
const collection = (size: number, graves = 0) => new Collection(size, new Timeline(start, 40), graves);

describe('a collection', () => {
  it('holds a million rows as a number', () => {
    const million = collection(1_000_000);
    expect(million.liveCount).toBe(1_000_000);
    expect(million.count({ since: start + 40_000 })).toBe(999_999);
    expect(million.state(999_999)).toMatchObject({ version: 0, modifiedAt: start + 999_999 * 40_000 });
    expect(million.state(1_000_000)).toBeUndefined();
  });

  it('moves touched rows behind all others, once each', () => {
    const rows = collection(10);
    const touched = rows.touch(3, later);
    rows.touch(0, later);
    const order = [...rows.byModified({})];
    expect(order.slice(7)).toEqual([...touched].sort((a, b) => a - b));
    expect([...order].sort((a, b) => a - b)).toEqual([...rows.byId(0)]);
    expect([...rows.byModified({}, true)]).toEqual(order.toReversed());
    expect(rows.count({ since: later })).toBe(3);
    expect(rows.count({ until: later })).toBe(7);
    expect(rows.state(touched[0]!)).toMatchObject({ version: 1, modifiedAt: later });
  });

  it('touches as many different rows as asked for, over and over', () => {
    const rows = collection(7);
    rows.delete(2, later);
    for (const n of [1, 2, 3, 4, 5]) expect(new Set(rows.touch(n, later + n)).size).toBe(n);
    expect(rows.touch(50, later).length).toBe(5);
  });

  it('buries deleted rows beside those that were deleted before', () => {
    const rows = collection(5, 2);
    const gone = rows.delete(2, later);
    expect(rows.deletedRows()).toEqual([-2, -1, ...gone.sort((a, b) => a - b)]);
    expect(rows.liveCount).toBe(3);
    expect(rows.state(gone[0]!)).toMatchObject({ deletedAt: later });
    expect(rows.count({})).toBe(3);
  });

  it('adds rows at the end, as of now', () => {
    const rows = collection(3);
    expect(rows.create(2, later)).toEqual([3, 4]);
    expect([...rows.byModified({ since: later })]).toEqual([3, 4]);
    rows.touch(5, later + 1);
    expect(rows.state(4)).toMatchObject({ createdAt: later, modifiedAt: later + 1 });
  });
});

describe('a timeline with a plateau', () => {
  const timeline = new Timeline(start, 40, { from: 20_000, rows: 12_000 });

  it('never runs backwards, and stamps the plateau with one instant', () => {
    for (let i = 1; i < 120_000; i++) expect(timeline.at(i) >= timeline.at(i - 1)).toBe(true);
    expect(timeline.at(31_999)).toBe(timeline.at(20_000));
    expect(timeline.at(32_000)).toBeGreaterThan(timeline.at(20_000));
    expect(timeline.firstAtOrAfter(timeline.at(25_000), 100_000)).toBe(20_000);
    expect(timeline.firstAtOrAfter(timeline.at(25_000) + 1, 100_000)).toBe(32_000);
  });
});
