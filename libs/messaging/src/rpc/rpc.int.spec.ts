import { ConnectionsService, OauthService } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { eventually } from '@connections/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { House } from '../../test/house.js';
import { Bus } from '../bus.js';

const where = { workspaceId: 'w', connectionId: 'c', userId: 'u' };

describe('RPC', () => {
  let house: House;
  let owner: NestFastifyApplication;
  let bus: Bus;
  beforeAll(async () => {
    house = await House.create();
    owner = await house.startOwner();
    bus = await Bus.connect('gateway', house.nats.url);
  });
  afterAll(async () => {
    await bus.close();
    await house.close();
  });

  it('answers with the plain message, every field present', async () => {
    const answer = await bus.rpc(ConnectionsService).update({ ...where, name: 'n' });
    expect(answer).toEqual({ version: 1, connectorType: '', name: 'n' });
  });

  it('carries who asks, and as which attempt', async () => {
    const context = {
      commandId: 'id',
      workspaceId: 'w',
      actor: 'user:u',
      causationId: 'cause',
      correlationId: 'request',
    };
    const { status } = await bus.rpc(ConnectionsService, context).resume(where);
    expect(JSON.parse(status)).toEqual({ ...context, method: 'Resume' });
  });

  it('does a repeated command once', async () => {
    const attempt = () =>
      bus
        .rpc(ConnectionsService, { commandId: 'same' })
        .update({ ...where, connectionId: 'once', name: 'n' });
    expect(await attempt()).toEqual(await attempt());
    expect(await bus.rpc(ConnectionsService).update({ ...where, connectionId: 'once' })).toMatchObject({
      version: 2,
    });
  });

  it('brings a refusal back as it was thrown', async () => {
    const refused = bus.rpc(ConnectionsService).pause({ ...where, connectionId: 'refused' });
    await expect(refused).rejects.toBeInstanceOf(DomainError);
    await expect(refused).rejects.toMatchObject({
      code: 'invalid_state',
      message: 'Not now.',
      details: { status: 'paused' },
    });
  });

  it('says nothing of any other error', async () => {
    const failed = bus.rpc(ConnectionsService).pause(where);
    await expect(failed).rejects.toMatchObject({ code: 'internal' });
    await expect(failed).rejects.not.toThrow(/secret/i);
  });

  it('refuses a request of the wrong shape without repeating it', async () => {
    const message = await bus.connection.request(
      'rpc.connections.Update',
      '{"name": {"api_key": "hunter2"}}',
    );
    expect(message.json()).toMatchObject({ code: 'invalid_request' });
    expect(message.string()).not.toContain('hunter2');
  });

  it('is unavailable when nobody answers', async () => {
    const nobody = bus.rpc(OauthService).leaseToken({} as never);
    await expect(nobody).rejects.toMatchObject({ code: 'unavailable', details: { service: 'oauth' } });
  });

  it('times out when somebody hears and does not answer', async () => {
    const silent = bus.connection.subscribe('rpc.oauth.LeaseToken');
    await bus.connection.flush();
    const unanswered = bus.rpc(OauthService, { timeoutMs: 50 }).leaseToken({} as never);
    await expect(unanswered).rejects.toMatchObject({ code: 'timeout', details: { service: 'oauth' } });
    silent.unsubscribe();
  });

  it('is unavailable at once without a broker, and works again with it', async () => {
    await house.nats.stop();
    await eventually(() => expect(bus.isConnected()).toBe(false));
    await expect(bus.rpc(ConnectionsService).resume(where)).rejects.toMatchObject({ code: 'unavailable' });
    await house.nats.start();
    await eventually(() => bus.rpc(ConnectionsService).resume(where));
  });

  it('finishes what it works on before the service ends', async () => {
    const answers = Array.from({ length: 20 }, (_, index) =>
      bus.rpc(ConnectionsService).update({ ...where, connectionId: `drain-${index}`, name: 'n' }),
    );
    await bus.connection.flush();
    await house.stop(owner);
    for (const answer of await Promise.allSettled(answers)) {
      // Arrived before the drain: answered. Later: refused at once. Never silence after work was begun.
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'unavailable' });
    }
    const appended = await house.query<{ stream: string }>(
      house.ownerUrl,
      `select stream from events where stream like 'connection-drain-%'`,
    );
    expect(appended).toHaveLength(answers.length - (await rejected(answers)));
  });
});

async function rejected(answers: Promise<unknown>[]): Promise<number> {
  return (await Promise.allSettled(answers)).filter(({ status }) => status === 'rejected').length;
}
