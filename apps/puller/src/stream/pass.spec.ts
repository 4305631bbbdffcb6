import { findConnector, type Page, type StreamDefinition } from '@connections/connectors';
import type { Checkpoint } from '@connections/record-store';
import { afterPage, endOf, newPass, walksOf } from './pass.js';

const stream = (type: string, name: string): StreamDefinition =>
  findConnector(type)!.streams.find((candidate) => candidate.name === name)!;
const contacts = stream('hubspot', 'contacts');
const deals = stream('pipedrive', 'deals');
const posts = stream('x', 'posts');
const owners = stream('hubspot', 'owners');
const now = new Date('2026-01-10T12:00:00.000Z');
const checkpoint = { generation: 4 } as Checkpoint;
const empty: Page = { records: [], meaning: 'present', gone: [] };

describe('a pass', () => {
  it('reads in full the first time, under a new generation and a frozen upper bound', () => {
    expect(newPass(contacts, checkpoint, now)).toMatchObject({
      mode: 'full',
      generation: 5,
      upper: now.toISOString(),
    });
  });

  it('reads since the watermark less the overlap afterwards', () => {
    const watermark = '2026-01-10T11:00:00.000Z';
    expect(newPass(contacts, { ...checkpoint, watermark }, now)).toMatchObject({
      mode: 'incremental',
      generation: 4,
      since: '2026-01-10T10:55:00.000Z',
    });
    expect(newPass(posts, { ...checkpoint, watermark: '19' }, now)).toMatchObject({ since: '19' });
    expect(newPass(owners, { ...checkpoint, watermark }, now)).toMatchObject({ mode: 'full' });
  });

  it('reads in full again when that is due', () => {
    const lastFullAt = new Date('2026-01-03T12:00:00.000Z');
    expect(newPass(contacts, { ...checkpoint, watermark: 'w', lastFullAt }, now)).toMatchObject({
      mode: 'full',
    });
  });

  it('walks on at the end of each walk and ends with the last', () => {
    let pass = newPass(deals, { ...checkpoint, watermark: now.toISOString() }, now);
    expect(walksOf(deals, pass)).toHaveLength(3);
    let step = afterPage(deals, pass, { ...empty, next: 'cursor', seen: '2026-01-01T00:00:00.000Z' });
    expect(step).toMatchObject({ ended: false, pass: { walk: 0, page: 'cursor', pages: 1 } });
    for (const walk of [1, 2, 3]) {
      pass = step.pass;
      step = afterPage(deals, pass, empty);
      expect(step).toMatchObject({ ended: walk === 3, pass: { walk, seen: '2026-01-01T00:00:00.000Z' } });
      expect(step.pass).not.toHaveProperty('page');
    }
  });

  it('has all its tries and waits again after a page', () => {
    const throttled = { ...newPass(contacts, checkpoint, now), tries: 4, waits: 9 };
    const { pass } = afterPage(contacts, throttled, { ...empty, next: 'cursor' });
    expect(pass.tries).toBe(0);
    expect(pass.waits).toBeUndefined();
  });

  it('moves the watermark at its end only: to the bound, or to the largest value seen below it', () => {
    const full = newPass(contacts, checkpoint, now);
    expect(endOf(contacts, full, undefined)).toEqual({ watermark: now.toISOString(), sweep: true });
    const seen = newPass(deals, checkpoint, now);
    expect(endOf(deals, { ...seen, seen: '2027-01-01T00:00:00.000Z' }, undefined).watermark).toBe(
      now.toISOString(),
    );
    expect(endOf(deals, seen, 'before').watermark).toBe('before');
    expect(endOf(posts, { ...seen, seen: '9' }, '10')).toEqual({ watermark: '10', sweep: false });
    expect(endOf(posts, { ...seen, seen: '10' }, '9').watermark).toBe('10');
  });
});
