import { type Mailbox, type Message } from './mailbox.js';

/** What happened to a message since an id, as records of the history; one change may stand in two of them. */
export function recordsOf(mailbox: Mailbox, message: Message, since: bigint): object[] {
  const id = mailbox.historyId(message).toString();
  const named = { id: mailbox.id(message), threadId: mailbox.threadId(message) };
  const record = (kind: string, entry: object) => ({ id, messages: [named], [kind]: [entry] });
  const { state } = message;
  if (state.deletedAt !== null) return [record('messagesDeleted', { message: named })];
  const isNew = BigInt(state.createdAt) * 100_000n > since;
  const labels = mailbox.isThrownAway(message) ? ['TRASH'] : ['INBOX'];
  const added = record('messagesAdded', { message: { ...named, labelIds: labels } });
  const changes = state.version % 2 === 0 ? 'labelsRemoved' : 'labelsAdded';
  const labelIds = message.source === 'trashed' ? ['TRASH'] : ['STARRED'];
  const changed = record(changes, { message: { ...named, labelIds: labels }, labelIds });
  return [...(isNew ? [added, added] : []), ...(state.version > 0 || !isNew ? [changed] : [])];
}
