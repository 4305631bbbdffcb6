import { verdictOf, type Situation } from './verdict.js';

const now = Date.UTC(2026, 0, 1);
const situation: Situation = {
  tries: 0,
  waits: 0,
  restarts: 0,
  platformCredential: false,
  now,
  chance: 0.5,
  retryMs: 250,
};
const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();

describe('what a fault means for a stream', () => {
  it('a refused credential ends every stream; the platform’s own is never the customer’s fault', () => {
    expect(verdictOf({ kind: 'auth' }, situation)).toMatchObject({
      end: { reason: 'auth', everyStream: true },
    });
    expect(verdictOf({ kind: 'auth' }, { ...situation, platformCredential: true })).toMatchObject({
      end: { state: 'failed', reason: 'config', everyStream: true },
    });
  });

  it('a throttle of two seconds is sat out and counts as a wait, not as a try', () => {
    expect(verdictOf({ kind: 'rate_limit', until: now + 2_000 }, situation)).toEqual({
      kind: 'again',
      inMs: 2_000,
      counts: 'waits',
    });
  });

  it('a throttle up to a minute waits behind its gate', () => {
    expect(verdictOf({ kind: 'rate_limit', until: now + 60_000, scope: 'app' }, situation)).toEqual({
      kind: 'end',
      end: {
        state: 'waiting',
        reason: 'rate_limit',
        resumesAt: at(60),
        gate: { scope: 'app', until: at(60) },
      },
      counts: 'waits',
    });
  });

  it.each([0, 2, 60])('ten throttles of %i s without a page between end the run, for a minute', (seconds) => {
    const fault = { kind: 'rate_limit', until: now + seconds * 1000 } as const;
    expect(verdictOf(fault, { ...situation, waits: 9 })).toMatchObject({ counts: 'waits' });
    expect(verdictOf(fault, { ...situation, waits: 10 })).toEqual({
      kind: 'end',
      end: {
        state: 'failed',
        reason: 'rate_limit',
        resumesAt: at(60),
        gate: { scope: 'connection', until: at(seconds) },
        everyStream: true,
      },
    });
  });

  it('a longer one ends the run at the time that the provider named', () => {
    expect(verdictOf({ kind: 'rate_limit', until: now + 61_000 }, situation)).toMatchObject({
      end: { state: 'failed', reason: 'rate_limit', resumesAt: at(61), everyStream: true },
    });
  });

  it('a transient fault is tried five times in all, with growing waits', () => {
    const waits = [0, 1, 2, 3].map((tries) =>
      verdictOf({ kind: 'transient' }, { ...situation, tries, chance: 1 }),
    );
    expect(waits.map((verdict) => 'inMs' in verdict && verdict.inMs)).toEqual([250, 500, 1_000, 2_000]);
    expect(verdictOf({ kind: 'transient' }, { ...situation, tries: 4 })).toMatchObject({
      end: { state: 'failed', reason: 'transient' },
    });
  });

  it('a vault that cools down is waited for without holding a worker', () => {
    expect(verdictOf({ kind: 'transient', until: now + 30_000 }, situation)).toEqual({
      kind: 'end',
      end: { state: 'waiting', reason: 'transient', resumesAt: at(30) },
      counts: 'tries',
    });
  });

  it('an expired cursor begins the pass anew, three times', () => {
    expect(verdictOf({ kind: 'cursor_expired' }, situation)).toEqual({ kind: 'restart' });
    expect(verdictOf({ kind: 'cursor_expired' }, { ...situation, restarts: 3 })).toMatchObject({
      end: { reason: 'unknown' },
    });
  });

  it('what is missing or forbidden is a matter of configuration', () => {
    for (const kind of ['config', 'gone', 'handle_not_found'] as const) {
      expect(verdictOf({ kind }, situation)).toMatchObject({ end: { state: 'failed', reason: 'config' } });
    }
  });
});
