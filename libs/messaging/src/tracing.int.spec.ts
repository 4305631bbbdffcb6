import { collectSpans, withSpan } from '@connections/platform';
import { eventually } from '@connections/testing';

import { flowing, House } from '../test/house.js';

describe('a trace', () => {
  it('runs from the caller through the command and the outbox to every policy', async () => {
    const house = await House.create();
    const owner = await house.startOwner();
    const follower = await house.startFollower();
    await flowing(owner, follower);
    const collected = collectSpans();
    await withSpan('the request', {}, () => house.rename(owner, 'a', 'secret-name'), { service: 'gateway' });
    const expected = [
      'act ConnectionRenamed',
      'publish ConnectionRenamed',
      'record ConnectionRenamed',
      'rpc connections.Update',
      'rpc connections.Update',
      'the request',
    ];
    const traceId = await eventually(() => {
      const request = collected.spans().find(({ name }) => name === 'the request');
      const id = request?.spanContext().traceId ?? '';
      const names = collected.spans().filter((span) => span.spanContext().traceId === id);
      expect(names.map(({ name }) => name).toSorted()).toEqual(expected);
      return id;
    });
    const spans = collected.spans().filter((span) => span.spanContext().traceId === traceId);
    const spanIds = new Set(spans.map((span) => span.spanContext().spanId));
    for (const span of spans) {
      if (span.name === 'the request') continue;
      expect(spanIds).toContain(span.parentSpanContext?.spanId);
    }
    expect(JSON.stringify(spans.map(({ attributes, events }) => ({ attributes, events })))).not.toContain(
      'secret-name',
    );
    collected.stop();
    await house.close();
  });
});
