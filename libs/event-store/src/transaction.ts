import { setTimeout as sleep } from 'node:timers/promises';

import { DomainError } from '@connections/event-sourcing';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import type { CommandContext } from './command-context.js';
import { isLostRace } from './database-errors.js';
import { UnitOfWork } from './unit-of-work.js';

const ATTEMPTS = 5;
const logger = new Logger('EventStore');

/** Runs `work` in one transaction on a pooled connection, then its after-commit effects. Nothing is retried. */
export async function inTransaction<T>(
  dataSource: DataSource,
  context: CommandContext,
  work: (tx: UnitOfWork) => Promise<T>,
): Promise<{ result: T; events: number }> {
  const runner = dataSource.createQueryRunner();
  let result: T;
  let tx: UnitOfWork;
  try {
    await runner.connect();
    await runner.startTransaction();
    tx = new UnitOfWork(runner.manager, context);
    result = await work(tx);
    // PostgreSQL answers COMMIT of a failed transaction with a silent ROLLBACK: a handler that swallowed an SQL error
    // would be acknowledged without its effect. Any statement fails there.
    await runner.query('select 1');
    await runner.commitTransaction();
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
  const { events, effects } = tx.outcome();
  for (const effect of effects) {
    try {
      effect();
    } catch (error) {
      logger.error(error);
    }
  }
  return { result, events };
}

/**
 * Repeats work whose optimistic race was lost (whole work, fresh transaction, up to 5 times with jitter), then refuses
 * with `conflict`.
 */
export async function retryLostRaces<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isLostRace(error)) throw error;
      if (tries === ATTEMPTS) {
        throw new DomainError('conflict', 'Others are changing this at the same time. Try again.');
      }
      await sleep(Math.random() * 10 * 2 ** tries);
    }
  }
}
