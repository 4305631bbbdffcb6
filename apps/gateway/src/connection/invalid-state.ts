import { DomainError } from '@connections/event-sourcing';

const whatToDo: Readonly<Record<string, string>> = {
  pending: 'Approve it at the provider first.',
  paused: 'Resume it first.',
  disconnected: 'Reconnect it first.',
  error: 'Reconnect it first.',
};

/** A state that forbids the request. `done` completes "It cannot be …". */
export function invalidState(status: string, done: string): DomainError {
  const advice = whatToDo[status] ?? 'Nothing needs to be done.';
  return new DomainError(
    'invalid_state',
    `The connection is ${status}: it cannot be ${done} now. ${advice}`,
    { status },
  );
}
