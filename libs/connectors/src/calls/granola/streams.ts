import type { ProviderAnswer } from '../../kit/definition.js';
import { childPagination, type ChildReading } from '../../kit/children.js';
import type { CursorDefinition, Row, StreamDefinition } from '../../kit/stream.js';
import { textAt, valueAt } from '../../kit/value-at.js';

const day = 86_400;

/** A note can be read only once its summary is done, minutes after what its times say. */
const updated: CursorDefinition = {
  field: 'updated_at',
  kind: 'time',
  format: 'rfc3339_seconds',
  overlapSeconds: 3600,
  advance: 'upper',
};

/** `cursor` means a next page only beside `hasMore`. */
const cursorOf = (answer: ProviderAnswer) =>
  valueAt(answer.body, 'hasMore') === true ? textAt(answer.body, 'cursor') : undefined;

/** Each note of the list is asked for what the list does not tell. */
function perNote(
  name: string,
  primaryKey: StreamDefinition['primaryKey'],
  fullReadEverySeconds: number,
  child: Pick<ChildReading, 'request' | 'rows' | 'next'>,
): StreamDefinition {
  const pagination = childPagination({
    parentsRequest: ({ since }, cursor) => ({
      path: '/v1/notes',
      query: { page_size: 30, updated_after: since, cursor },
    }),
    parents: (answer) => {
      const notes = valueAt(answer.body, 'notes');
      return Array.isArray(notes) ? (notes as Row[]).map(({ id }) => ({ id: String(id) })) : undefined;
    },
    nextParents: cursorOf,
    // Still processing, unshared or deleted since it was listed.
    passesOver: ({ kind }) => kind === 'gone',
    ...child,
  });
  const walk = { name, path: '/v1/notes', rows: 'notes', pagination };
  return {
    name,
    primaryKey,
    cursor: updated,
    full: [walk],
    incremental: [walk],
    sweep: true,
    fullReadEverySeconds,
  };
}

const notes = perNote('notes', 'id', 7 * day, {
  request: (_pass, { id }) => ({ path: `/v1/notes/${id}` }),
  rows: ({ body }) => (textAt(body, 'id') === undefined ? undefined : [body as Row]),
  next: () => undefined,
});

/** The inline form fails for long transcripts (413), the paged one never. */
const transcripts = perNote('transcripts', ['note_id', 'index'], 30 * day, {
  request: (_pass, { id }, at) => ({
    path: `/v1/notes/${id}/transcript`,
    query: { page_size: 100, cursor: positionOf(at).cursor },
  }),
  rows: ({ body }, { id }, _pass, at) => {
    const items = valueAt(body, 'transcript');
    const { read } = positionOf(at);
    return Array.isArray(items)
      ? (items as Row[]).map((item, index) => ({ note_id: id, index: read + index, ...item }))
      : undefined;
  },
  next: (answer, _parent, at) => {
    const cursor = cursorOf(answer);
    const items = valueAt(answer.body, 'transcript');
    return cursor === undefined
      ? undefined
      : `${positionOf(at).read + (Array.isArray(items) ? items.length : 0)} ${cursor}`;
  },
});

/** Items have no id but their place, so the cursor carries how many came before. */
function positionOf(at: string | undefined): { read: number; cursor?: string } {
  if (at === undefined) return { read: 0 };
  const space = at.indexOf(' ');
  return { read: Number(at.slice(0, space)), cursor: at.slice(space + 1) };
}

const folders: StreamDefinition = {
  name: 'folders',
  primaryKey: 'id',
  full: [
    {
      name: 'folders',
      path: '/v1/folders',
      rows: 'folders',
      pagination: { kind: 'cursor', param: 'cursor', next: 'cursor', more: 'hasMore' },
    },
  ],
  sweep: true,
};

export const streams: readonly StreamDefinition[] = [notes, transcripts, folders];
