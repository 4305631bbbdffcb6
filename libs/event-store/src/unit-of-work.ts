import { streamName } from '@connections/contracts';
import type { ClaimChange, Decider, DomainEvent } from '@connections/event-sourcing';
import type { EntityManager } from 'typeorm';

import { append } from './append.js';
import { changeClaims, claimOwner } from './claims.js';
import type { CommandContext } from './command-context.js';
import { eventColumns, fromRow, type EventRow } from './event-row.js';
import { eventMeta } from './event-meta.js';
import type { RecordedEvent } from './recorded-event.js';

/**
 * One transaction: what is executed in it commits together with outbox, claims, the consumer's position and the
 * stored answer, or not at all.
 */
export class UnitOfWork {
  private readonly loaded = new Map<string, { state: unknown; version: number }>();
  private readonly effects: (() => void)[] = [];
  private events = 0;

  constructor(
    /** TypeORM's manager of this transaction; SQL goes through `manager.query`. */
    readonly manager: EntityManager,
    readonly context: CommandContext,
  ) {}

  /**
   * Loads the aggregate, decides, and appends what was decided. Throws what the decider refuses with, and
   * {@link ClaimConflict} before anything of this call is written, so that a handler may catch it and go on.
   */
  async execute<State, Command, Event extends DomainEvent>(
    decider: Decider<State, Command, Event>,
    aggregateId: string,
    command: Command,
  ): Promise<{ state: State; version: number; events: RecordedEvent<Event>[] }> {
    const before = await this.load(decider, aggregateId);
    const decided = decider.decide(command, before.state);
    if (decided.length === 0) return { ...before, events: [] };

    let state = before.state;
    const claims: ClaimChange[] = [];
    for (const event of decided) {
      claims.push(...(decider.claims?.(state, event) ?? []));
      state = decider.evolve(state, event);
    }
    await this.claim(aggregateId, claims);
    const stream = streamName(decider.aggregate, aggregateId);
    const events = await append(this.manager, stream, before.version, decided, eventMeta(this.context));
    const after = { state, version: before.version + events.length };
    this.loaded.set(stream, after);
    this.events += events.length;
    return { ...after, events };
  }

  /** State and version of an aggregate as this transaction sees it; version 0: it does not exist. */
  async load<State, Command, Event extends DomainEvent>(
    decider: Decider<State, Command, Event>,
    aggregateId: string,
  ): Promise<{ state: State; version: number }> {
    const stream = streamName(decider.aggregate, aggregateId);
    const known = this.loaded.get(stream);
    if (known) return known as { state: State; version: number };
    const rows = await this.manager.query<EventRow[]>(
      `select ${eventColumns} from events e where stream = $1 order by version`,
      [stream],
    );
    const folded = {
      state: rows.reduce(
        (state, row) => decider.evolve(state, fromRow(row) as unknown as Event),
        decider.initialState,
      ),
      version: rows.at(-1)?.version ?? 0,
    };
    this.loaded.set(stream, folded);
    return folded;
  }

  /** Id of the aggregate that holds a unique key. */
  claimOwner(kind: string, key: string): Promise<string | undefined> {
    return claimOwner(this.manager, kind, key);
  }

  /** Runs `effect` once the transaction is committed; never when it is not. Its errors are logged, not thrown. */
  afterCommit(effect: () => void): void {
    this.effects.push(effect);
  }

  /** How many events this transaction appended, and what is to run once it is committed. */
  outcome(): { events: number; effects: readonly (() => void)[] } {
    return { events: this.events, effects: this.effects };
  }

  private async claim(ownerId: string, changes: readonly ClaimChange[]): Promise<void> {
    if (changes.length === 0) return;
    // A conflict at the second key must give back the first: the handler may catch it and commit something else.
    await this.manager.query('savepoint claims');
    try {
      await changeClaims(this.manager, ownerId, changes);
      await this.manager.query('release savepoint claims');
    } catch (error) {
      await this.manager.query('rollback to savepoint claims');
      throw error;
    }
  }
}
