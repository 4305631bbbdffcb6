/** A fact in the past tense. `type` is the name of its message in `proto/`, `data` that message as plain JSON values. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** A request in the imperative. Time and ids come in with it: a decider has no clock and no random source. */
export interface DomainCommand<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** What an event does to the claims table, by which uniqueness across aggregates is kept. */
export type ClaimChange =
  | { readonly op: 'acquire'; readonly kind: string; readonly key: string }
  | { readonly op: 'release'; readonly kind: string; readonly key: string };

/**
 * One aggregate as four pure functions.
 *
 * - `decide` answers a command with events; `[]` says that nothing is to be done, which makes commands idempotent;
 *   a refusal throws {@link DomainError}.
 * - `evolve` folds an event into the state and never refuses: it happened.
 * - `claims` derives from the state *before* the event which unique keys the event takes and gives back.
 */
export interface Decider<State, Command, Event extends DomainEvent> {
  /** snake_case name; the aggregate's part of the stream's name and of the subject. */
  readonly aggregate: string;
  readonly initialState: State;
  decide(command: Command, state: State): readonly Event[];
  evolve(state: State, event: Event): State;
  claims?(state: State, event: Event): readonly ClaimChange[];
}
