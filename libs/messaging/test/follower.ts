import type { EventOf } from '@connections/contracts';
import { DatabaseModule, type RecordedEvent, type UnitOfWork } from '@connections/event-store';
import { Controller, Inject, Module, type DynamicModule } from '@nestjs/common';
import type { MigrationInterface, QueryRunner } from 'typeorm';

import { MessagingModule, Policy, type Outcome } from '../src/index.js';
import type { PartOptions } from './owner.js';

/** Every effect has a row: two for one event, or an order that is not the stream's, cannot hide. */
export class CreateEffects1800000000000 implements MigrationInterface {
  name = 'CreateEffects1800000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table effect (
      number bigint generated always as identity, policy text, stream text, version int, name text)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table effect');
  }
}

type Event = RecordedEvent<EventOf<'connections.connection'>>;
export type Interfere = (event: Event, tx: UnitOfWork) => Promise<Outcome> | Outcome;

export const INTERFERE = Symbol('Interfere');

/** Stands for a service that acts upon another one's events: each becomes a row. */
@Controller()
export class FollowerPolicies {
  constructor(@Inject(INTERFERE) private readonly interfere: { now: Interfere }) {}

  @Policy({ name: 'record', on: 'connections.connection', from: 'beginning' })
  async record(event: Event, tx: UnitOfWork): Promise<Outcome> {
    if (event.type !== 'ConnectionRenamed') return;
    await tx.manager.query('insert into effect (policy, stream, version, name) values ($1, $2, $3, $4)', [
      'record',
      event.stream,
      event.version,
      event.data.name,
    ]);
    return this.interfere.now(event, tx);
  }

  @Policy({ name: 'act', on: 'connections.connection', from: 'now' })
  async act(event: Event, tx: UnitOfWork): Promise<void> {
    if (event.type !== 'ConnectionRenamed') return;
    await tx.manager.query('insert into effect (policy, stream, version, name) values ($1, $2, $3, $4)', [
      'act',
      event.stream,
      event.version,
      event.data.name,
    ]);
  }
}

@Module({})
export class FollowerModule {
  static with({ url, natsUrl, limits }: PartOptions, interfere: { now: Interfere }): DynamicModule {
    return {
      module: FollowerModule,
      imports: [
        DatabaseModule.forRoot({ service: 'sync', url, migrations: [CreateEffects1800000000000] }),
        MessagingModule.forRoot({ service: 'sync', natsUrl, limits }),
      ],
      controllers: [FollowerPolicies],
      providers: [{ provide: INTERFERE, useValue: interfere }],
    };
  }
}
