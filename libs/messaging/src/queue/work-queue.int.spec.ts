import { PullSliceSchema, StopRunSchema } from '@connections/contracts';
import { createNats, eventually, type TestNats } from '@connections/testing';
import { jest } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';

import { Bus } from '../bus.js';
import { Poison, RetryAfter, type Outcome } from '../policy/outcome.js';
import { WorkQueue, type WorkConsumer } from './work-queue.js';

jest.setTimeout(60_000);

interface Delivery {
  readonly signal: AbortSignal;
  readonly deliveryCount: number;
}

describe('the work queue', () => {
  let nats: TestNats;
  let bus: Bus;
  let queue: WorkQueue;
  let consumers: WorkConsumer[];
  let subject: string;
  let count = 0;
  beforeAll(async () => {
    nats = await createNats();
    bus = await Bus.connect('test', nats.url);
    queue = new WorkQueue(bus);
  });
  beforeEach(() => {
    consumers = [];
    subject = `pull.category${++count}.now`;
  });
  afterEach(() => Promise.all(consumers.map((consumer) => consumer.stop())));
  afterAll(async () => {
    await bus.close();
    await nats.destroy();
  });

  const publish = (runId: string, msgId = runId) =>
    queue.publish(subject, { msgId, schema: StopRunSchema, message: { runId } });
  const consume = async (
    handler: (runId: string, delivery: Delivery) => Promise<Outcome> | Outcome,
    { slots = 1, ackWaitMs = 30_000, from = queue } = {},
  ) => {
    const consumer = await from.consume({
      durable: `durable-${subject.replaceAll('.', '-')}`,
      filterSubject: subject,
      slots,
      ackWaitMs,
      workingMs: ackWaitMs / 4,
      schema: StopRunSchema,
      handler: async ({ runId }, delivery) => handler(runId, delivery),
    });
    consumers.push(consumer);
    return consumer;
  };
  const pending = async () => {
    const jsm = await jetstreamManager(bus.connection);
    const { subjects = {} } = (await jsm.streams.info('PULLS', { subjects_filter: subject })).state;
    return subjects[subject] ?? 0;
  };

  it('gives each message to one worker, and forgets it when it is done', async () => {
    const done: string[] = [];
    await consume((runId) => void done.push(runId), { slots: 2 });
    for (const runId of ['a', 'b', 'c']) await publish(runId);
    await eventually(() => expect(done.toSorted()).toEqual(['a', 'b', 'c']));
    await eventually(async () => expect(await pending()).toBe(0));
  });

  it('swallows what is published twice under one id', async () => {
    const done: string[] = [];
    await publish('first', 'same');
    await publish('second', 'same');
    await publish('third');
    await consume((runId) => void done.push(runId));
    await eventually(() => expect(done).toEqual(['first', 'third']));
  });

  it('fetches for free slots only: a busy worker holds nothing that an idle one could do', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const taken: string[] = [];
    const busy = await consume(
      async (runId) => {
        taken.push(`busy ${runId}`);
        await released;
      },
      { slots: 1 },
    );
    await publish('one');
    await eventually(() => expect(taken).toEqual(['busy one']));
    expect(busy.freeSlots()).toBe(0);
    for (const runId of ['two', 'three']) await publish(runId);
    await consume((runId) => void taken.push(`idle ${runId}`));
    await eventually(() => expect(taken).toEqual(['busy one', 'idle two', 'idle three']));
    release();
  });

  it('brings back what failed, and what asked to wait', async () => {
    const tries: string[] = [];
    await consume((runId, { deliveryCount }) => {
      tries.push(`${runId} ${deliveryCount}`);
      if (deliveryCount > 1) return undefined;
      if (runId === 'failing') throw new Error('no');
      return RetryAfter(50);
    });
    await publish('failing');
    await publish('waiting');
    await eventually(() =>
      expect(tries.toSorted()).toEqual(['failing 1', 'failing 2', 'waiting 1', 'waiting 2']),
    );
  });

  it('drops poison, and what does not fit its message', async () => {
    const seen: string[] = [];
    await queue.publish(subject, {
      msgId: 'wrong',
      schema: PullSliceSchema,
      message: { runId: 'r', lane: 1 } as never,
    });
    await jetstream(bus.connection).publish(subject, '{"runId": 7}');
    await publish('poison');
    await publish('good');
    await consume((runId) => {
      seen.push(runId);
      return runId === 'poison' ? Poison('bad') : undefined;
    });
    await eventually(async () => expect(await pending()).toBe(0));
    expect(seen).toEqual(['r', 'poison', 'good']);
  });

  it('gives the work of a silent worker to another, but not that of a slow one', async () => {
    const dying = await Bus.connect('dying', nats.url);
    let slow = 0;
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await consume(
      async () => {
        slow++;
        await released;
      },
      { from: new WorkQueue(dying), ackWaitMs: 1_000 },
    );
    await publish('long');
    await eventually(() => expect(slow).toBe(1));
    const done: string[] = [];
    await consume((runId) => void done.push(runId), { ackWaitMs: 1_000 });
    await publish('other');
    await eventually(() => expect(done).toEqual(['other']));
    // It says every quarter second that it works: a whole ack wait goes by without a redelivery.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(done).toEqual(['other']);
    await dying.connection.close();
    await eventually(() => expect(done).toEqual(['other', 'long']));
    release();
  });

  it('aborts what is being worked on when it stops, and gives it back at once', async () => {
    let begun = 0;
    const first = await consume(async (_runId, { signal }) => {
      begun++;
      await new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new Error('stopped'))),
      );
    });
    await publish('handed over');
    await eventually(() => expect(begun).toBe(1));
    await first.stop();
    const done: string[] = [];
    await consume((runId) => void done.push(runId));
    await eventually(() => expect(done).toEqual(['handed over']));
  });

  it('goes on when the broker has forgotten the durable, or everything', async () => {
    const done: string[] = [];
    await consume((runId) => void done.push(runId));
    await publish('before');
    await eventually(() => expect(done).toEqual(['before']));
    const jsm = await jetstreamManager(bus.connection);
    await jsm.consumers.delete('PULLS', `durable-${subject.replaceAll('.', '-')}`);
    await publish('between');
    await eventually(() => expect(done).toEqual(['before', 'between']), { timeoutMs: 30_000 });
    await nats.stop();
    await eventually(() => expect(bus.isConnected()).toBe(false));
    await nats.start();
    await eventually(() => expect(bus.isConnected()).toBe(true));
    await jsm.streams.delete('PULLS');
    await eventually(() => publish('after'), { timeoutMs: 30_000 });
    await eventually(() => expect(done).toEqual(['before', 'between', 'after']), { timeoutMs: 30_000 });
  });
});
