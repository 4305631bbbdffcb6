import { isDeepStrictEqual } from 'node:util';

import type { Decider, DomainEvent } from './decider.js';
import { DomainError } from './domain-error.js';

/** Reads as `given([...]).when(command).then([...])`; throws with both sides printed when they differ. */
export function specificationOf<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
) {
  return {
    given(history: readonly Event[]) {
      const state = history.reduce((folded, event) => decider.evolve(folded, event), decider.initialState);
      return {
        state,
        when(command: Command) {
          const outcome = attempt(() => decider.decide(command, state));
          return {
            then(expected: readonly Event[]) {
              if ('error' in outcome) throw outcome.error;
              assertEqual(outcome.events, expected);
            },
            thenNothingHappened() {
              if ('error' in outcome) throw outcome.error;
              assertEqual(outcome.events, []);
            },
            thenThrows(code: string) {
              if (!('error' in outcome)) {
                throw new Error(`expected refusal ${code}, got ${JSON.stringify(outcome.events)}`);
              }
              if (!(outcome.error instanceof DomainError)) throw outcome.error;
              assertEqual(outcome.error.code, code);
            },
          };
        },
      };
    },
  };
}

function attempt<Event>(decide: () => readonly Event[]): { events: readonly Event[] } | { error: unknown } {
  try {
    return { events: decide() };
  } catch (error) {
    return { error };
  }
}

function assertEqual(actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(`expected ${JSON.stringify(expected, null, 2)}\ngot ${JSON.stringify(actual, null, 2)}`);
}
