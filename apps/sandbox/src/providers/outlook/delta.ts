import { decodeCursor, encodeCursor } from '../../data/cursor.js';
import { syncStateNotFound } from './errors.js';
import { changedAt, type Folder, type Mailbox, type Message } from './mailbox.js';
import { changed, message, type Wishes } from './render.js';

/** What a link carries: nothing of it can be said anew. */
interface Place {
  readonly select?: readonly string[];
  /** The first reading was begun at this instant: the next one's `since`. */
  readonly begun: number;
  /** Undefined: everything that lies in the folder. */
  readonly since?: number;
  /** The last row before this page: when it changed, and its index. */
  readonly after?: readonly [at: number, index: number];
}

export interface DeltaRequest {
  readonly folder: Folder;
  /** The route's own address, without a query. */
  readonly address: string;
  readonly token: string | undefined;
  readonly size: number;
  readonly wishes: Wishes;
}

/**
 * One page of a folder's delta. A page may be empty and not the last, the row at a border comes twice, and a message
 * that changed again meanwhile is told of again.
 */
export function delta(mailbox: Mailbox, { folder, address, token, size, wishes }: DeltaRequest) {
  const scope = `delta/${folder.id}`;
  const place = token === undefined ? undefined : placeOf(token, scope, mailbox, address);
  const { select = wishes.select, begun = mailbox.now(), since, after } = place ?? {};
  const asked: Wishes = { ...wishes, ...(select && { select }) };
  const link = (name: string, next: Place) =>
    `${address}?${name}=${encodeCursor(JSON.stringify(next), scope)}`;
  const kept = { ...(select && { select }), ...(since !== undefined && { since }) };
  const all = since === undefined ? lyingIn(mailbox, folder) : toldSince(mailbox, folder, since);
  const rows = after === undefined ? all : all.filter((one) => isAfter(keyOf(one, since), after));
  if (since !== undefined && after === undefined && all.length > 0) {
    const next: Place = { ...kept, begun, after: [0, -1] };
    return { '@odata.nextLink': link('$skiptoken', next), value: [] };
  }
  const repeated =
    after && after[1] >= 0 ? all.filter((one) => !isAfter(keyOf(one, since), after)).slice(-1) : [];
  const page = rows.slice(0, size);
  const value = [...repeated, ...page].map((one) => told(mailbox, folder, one, asked, since));
  const last = page.at(-1);
  if (last && rows.length > size) {
    return { '@odata.nextLink': link('$skiptoken', { ...kept, begun, after: keyOf(last, since) }), value };
  }
  return {
    '@odata.deltaLink': link('$deltatoken', { ...(select && { select }), begun, since: begun }),
    value,
  };
}

function placeOf(token: string, scope: string, mailbox: Mailbox, address: string): Partial<Place> {
  const text = decodeCursor(token, scope, mailbox.expiredUpTo());
  if (typeof text !== 'string') throw syncStateNotFound(address);
  const { begun, ...place } = JSON.parse(text) as Place;
  // A delta link begins a reading of its own.
  return place.since === begun && !place.after ? place : { ...place, begun };
}

/** Everything in its own order; changes as they happened. */
const keyOf = (one: Message, since: number | undefined): readonly [number, number] =>
  since === undefined ? [0, one.index] : [changedAt(one), one.index];

const isAfter = (key: readonly [number, number], after: readonly [number, number]): boolean =>
  key[0] > after[0] || (key[0] === after[0] && key[1] > after[1]);

const lyingIn = (mailbox: Mailbox, { id }: Folder): Message[] =>
  mailbox.messages().filter((one) => mailbox.lying(one) === id);

/** What lies in the folder, and what has ever lain there. */
const toldSince = (mailbox: Mailbox, { id }: Folder, since: number): Message[] =>
  mailbox
    .changedSince(since)
    .filter(({ index, state }) =>
      Array.from({ length: state.version + 1 }, (_, version) => mailbox.folderOf(index, version)).includes(
        id,
      ),
    );

function told(
  mailbox: Mailbox,
  { id }: Folder,
  one: Message,
  wishes: Wishes,
  since: number | undefined,
): object {
  const { index, state } = one;
  const isHere = state.deletedAt === null && mailbox.lying(one) === id;
  if (!isHere) return { id: mailbox.id(one, wishes.immutable), '@removed': { reason: 'deleted' } };
  const toldBefore =
    since !== undefined &&
    state.createdAt <= since &&
    state.version > 0 &&
    mailbox.folderOf(index, state.version - 1) === id;
  return toldBefore ? changed(mailbox, one, wishes) : message(mailbox, one, wishes);
}
