import { jest } from '@jest/globals';

import type { Logger } from './logging.js';
import { rounds, type Rounds } from './rounds.js';

const logged: unknown[] = [];
const logger = { warn: ({ err }: { err: unknown }) => logged.push(err) } as unknown as Logger;

let begun: number;
let end: (error?: Error) => void;
let signal: AbortSignal;
let work: Rounds;

beforeEach(() => {
  jest.useFakeTimers();
  begun = 0;
  logged.length = 0;
  work = rounds(
    1000,
    (stopping) => {
      begun++;
      signal = stopping;
      return new Promise<void>((resolve, reject) => {
        end = (error) => (error ? reject(error) : resolve());
      });
    },
    logger,
  );
});
afterEach(() => jest.useRealTimers());

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('rounds', () => {
  it('begin after so long, and never while one is under way', async () => {
    await pass(999);
    expect(begun).toBe(0);
    await pass(1);
    expect(begun).toBe(1);
    await pass(10_000);
    expect(begun).toBe(1);
    end();
    await pass(999);
    expect(begun).toBe(1);
    await pass(1);
    expect(begun).toBe(2);
  });

  it('go on after one that failed, which is logged', async () => {
    await pass(1000);
    const error = new Error('database away');
    end(error);
    await pass(1000);
    expect([begun, logged]).toEqual([2, [error]]);
  });

  it('begin at once when woken, and then after so long again', async () => {
    work.wake();
    await pass(0);
    expect(begun).toBe(1);
    end();
    await pass(999);
    expect(begun).toBe(1);
    await pass(1);
    expect(begun).toBe(2);
  });

  it('woken while one is under way, are one more, however often', async () => {
    work.wake();
    work.wake();
    work.wake();
    await pass(0);
    expect(begun).toBe(1);
    end();
    await pass(0);
    expect(begun).toBe(2);
    end();
    await pass(0);
    expect(begun).toBe(2);
  });

  it('stop with the round under way, and begin no other', async () => {
    work.wake();
    await pass(0);
    work.wake();
    let stopped = false;
    const stopping = work.stop().then(() => (stopped = true));
    await pass(0);
    expect([stopped, signal.aborted]).toEqual([false, true]);
    end();
    await stopping;
    work.wake();
    await pass(10_000);
    expect(begun).toBe(1);
  });
});
