import { jest } from '@jest/globals';
import { findConnector, ProviderError, type ConnectorDefinition } from '@connections/connectors';

import { Pacer } from './pacer.js';

const gong = findConnector('gong')!;
const limited = (requests: number, windowSeconds: number, path?: RegExp): ConnectorDefinition => ({
  ...gong,
  type: 'paced',
  api: { ...gong.api!, accountQuotas: [{ name: 'all', requests, windowSeconds, ...(path && { path }) }] },
});
const { signal } = new AbortController();

describe('a pacer', () => {
  it('lets no window have more requests than nine tenths of the limit', async () => {
    const [pacer, definition] = [new Pacer(), limited(10, 0.05)];
    const left: number[] = [];
    for (let i = 0; i < 30; i++) {
      await pacer.take(definition, 'one', '/', signal);
      left.push(performance.now());
    }
    for (const [index, at] of left.entries()) {
      const tenth = left[index + 9];
      if (tenth !== undefined) expect(tenth - at).toBeGreaterThan(50);
    }
  });

  it('says before a page when there is room for it, and counts each account alone', async () => {
    const [pacer, definition] = [new Pacer(), limited(10, 60)];
    for (let i = 0; i < 7; i++) await pacer.take(definition, 'one', '/', signal);
    expect(() => pacer.makeRoom(definition, 'one', 2)).not.toThrow();
    let thrown: unknown;
    try {
      pacer.makeRoom(definition, 'one', 3);
    } catch (error) {
      thrown = error;
    }
    expect((thrown as ProviderError).fault).toMatchObject({ kind: 'rate_limit', scope: 'connection' });
    const { until } = (thrown as ProviderError).fault;
    expect(until).toBeGreaterThan(Date.now() + 50_000);
    expect(until).toBeLessThanOrEqual(Date.now() + 60_151);
    expect(() => pacer.makeRoom(definition, 'another', 9)).not.toThrow();
  });

  it('forgets no window that is longer than it tidies', async () => {
    const [pacer, definition] = [new Pacer(), limited(1, 3600)];
    // The pacer was made a while before: it tidies when next asked for room.
    const now = jest.spyOn(performance, 'now');
    try {
      now.mockReturnValue(1_000_000);
      await pacer.take(definition, 'one', '/', signal);
      now.mockReturnValue(1_600_000);
      expect(() => pacer.makeRoom(definition, 'another', 1)).not.toThrow();
      expect(() => pacer.makeRoom(definition, 'one', 1)).toThrow();
    } finally {
      now.mockRestore();
    }
  });

  it('begins a page that takes more than a whole window, when there is all the room there can be', async () => {
    const [pacer, definition] = [new Pacer(), limited(10, 60)];
    expect(() => pacer.makeRoom(definition, 'one', 500)).not.toThrow();
  });

  it('counts what the limit is set on, and nothing where none is known', async () => {
    const [pacer, definition] = [new Pacer(), limited(1, 3600, /search$/)];
    await pacer.take(definition, 'one', '/search', signal);
    for (let i = 0; i < 5; i++) await pacer.take(definition, 'one', '/list', signal);
    const none = findConnector('pipedrive')!;
    for (let i = 0; i < 5; i++) await pacer.take(none, 'one', '/', signal);
    expect(() => pacer.makeRoom(none, 'one', 5)).not.toThrow();
  });

  it('ends its wait with the slice', async () => {
    const [pacer, definition, end] = [new Pacer(), limited(1, 3600), new AbortController()];
    await pacer.take(definition, 'one', '/', end.signal);
    const waiting = pacer.take(definition, 'one', '/', end.signal);
    end.abort();
    await expect(waiting).rejects.toThrow();
  });
});
