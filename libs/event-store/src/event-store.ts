import { EventEmitter } from 'node:events';

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { CommandContext } from './command-context.js';
import { History } from './history.js';
import { inTransaction, retryLostRaces } from './transaction.js';
import type { UnitOfWork } from './unit-of-work.js';

/** A service's events: the only truth there is about its aggregates. */
@Injectable()
export class EventStore {
  readonly history: History;
  private readonly appended = new EventEmitter();

  constructor(private readonly dataSource: DataSource) {
    this.history = new History(dataSource);
  }

  /**
   * Runs a command's work in one transaction. A lost optimistic race is retried and then refused with
   * `DomainError('conflict')`. The answer is stored under the method and the command's id: a retry gets it without the
   * work being done again. An answer must hold no secret.
   */
  command<Answer extends object>(
    context: CommandContext,
    work: (tx: UnitOfWork) => Promise<Answer>,
  ): Promise<Answer> {
    const key = `${context.method ?? ''}/${context.commandId}`;
    return this.transaction(context, async (tx) => {
      const stored = await tx.manager.query<{ answer: Answer }[]>(
        'select answer from answers where key = $1',
        [key],
      );
      if (stored[0]) return stored[0].answer;
      const answer = await work(tx);
      await tx.manager.query('insert into answers (key, answer) values ($1, $2)', [
        key,
        JSON.stringify(answer),
      ]);
      return answer;
    });
  }

  /** The same without a stored answer, for sweeps and internal work. */
  transaction<T>(context: CommandContext, work: (tx: UnitOfWork) => Promise<T>): Promise<T> {
    return retryLostRaces(async () => {
      const { result, events } = await inTransaction(this.dataSource, context, work);
      if (events > 0) this.notifyAppended();
      return result;
    });
  }

  /**
   * Removes a stream that nobody reads any more. Consumers that had not handled all of it go on behind the hole.
   * @returns how many events were removed
   */
  async purge(stream: string): Promise<number> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      'delete from events where stream = $1 returning 1',
      [stream],
    );
    return rows.length;
  }

  /** Wakes the relay of this process; whoever commits appended events outside of this class calls it. */
  notifyAppended(): void {
    this.appended.emit('appended');
  }

  /** Calls `listener` after each commit that appended events; returns how to stop. */
  onAppended(listener: () => void): () => void {
    this.appended.on('appended', listener);
    return () => this.appended.off('appended', listener);
  }
}
