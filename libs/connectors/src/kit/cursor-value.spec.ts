import { advancedWatermark, largestSeen, sinceOf } from './cursor-value.js';
import type { CursorDefinition } from './stream.js';

const time: CursorDefinition = {
  field: 'at',
  kind: 'time',
  format: 'rfc3339_seconds',
  overlapSeconds: 0,
  advance: 'seen',
};
const id: CursorDefinition = { field: 'id', kind: 'id', format: 'id', overlapSeconds: 0, advance: 'seen' };

describe('cursor values', () => {
  it('read Pipedrive’s v1 times as UTC, and compare times by instant', () => {
    expect(largestSeen({ at: '2026-05-01 08:00:00' }, time, undefined)).toBe('2026-05-01T08:00:00.000Z');
    expect(largestSeen({ at: '2026-05-01T10:00:00+02:00' }, time, '2026-05-01T08:30:00.000Z')).toBe(
      '2026-05-01T08:30:00.000Z',
    );
    expect(largestSeen({ at: 'never' }, time, undefined)).toBeUndefined();
  });

  it('compare ids of any length by value', () => {
    expect(largestSeen({ id: '9007199254740993' }, id, '9007199254740992')).toBe('9007199254740993');
    expect(largestSeen({ id: '99' }, id, '1952000000000000002')).toBe('1952000000000000002');
  });

  it('keep the watermark behind the start of the pass', () => {
    const upper = '2026-01-01T00:00:00.000Z';
    expect(advancedWatermark(time, { upper, seen: '2026-01-02T00:00:00.000Z' }, undefined)).toBe(upper);
    expect(advancedWatermark(time, { upper }, 'before')).toBe('before');
  });

  it('leave a provider’s token as it is, and keep the last one where a pass brought none', () => {
    const upper = '2026-01-01T00:00:00.000Z';
    expect(advancedWatermark({ kind: 'token' }, { upper, seen: '9' }, '10')).toBe('9');
    expect(advancedWatermark({ kind: 'token' }, { upper }, '10')).toBe('10');
    expect(sinceOf({ kind: 'token' }, '{"a":"b"}')).toBe('{"a":"b"}');
  });
});
