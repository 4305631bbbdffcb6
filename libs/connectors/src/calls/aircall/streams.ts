import type { CursorDefinition, CustomPagination, Row, StreamDefinition, Walk } from '../../kit/stream.js';
import { ascending, changedFirst, numbered } from './paging.js';

const day = 86_400;

const list = (path: string, pagination: CustomPagination): Walk => ({
  name: path,
  path,
  rows: path.slice(path.lastIndexOf('/') + 1),
  pagination,
});

/** The requests are written in `aircall.paging.ts`, in UNIX seconds. */
const passes = (field: string, overlapSeconds: number): CursorDefinition => ({
  field,
  kind: 'time',
  format: 'rfc3339_seconds',
  overlapSeconds,
  advance: 'upper',
});

const callList = list('/v1/calls', ascending('/v1/calls', 'started_at', { fetch_contact: true }));

const calls: StreamDefinition = {
  name: 'calls',
  primaryKey: 'id',
  // Tags, comments and assignments come later, and no filter tells of them.
  cursor: passes('started_at', 7 * day),
  full: [callList],
  incremental: [callList],
  // Only six months are shown: what is older is not deleted.
  sweep: false,
  record: withoutLinks,
};

/** Recording and voicemail links are signed for an hour: kept, each read would change the record, and none would open. */
function withoutLinks(row: Row): Row {
  const { recording, voicemail, asset, ...rest } = row;
  return { ...rest, has_recording: Boolean(recording ?? asset), has_voicemail: Boolean(voicemail) };
}

const everyContact = ascending('/v1/contacts', 'created_at');

const contacts: StreamDefinition = {
  name: 'contacts',
  primaryKey: 'id',
  cursor: passes('updated_at', 300),
  full: [list('/v1/contacts', everyContact)],
  incremental: [list('/v1/contacts', changedFirst('/v1/contacts', 'updated_at', everyContact))],
  sweep: true,
  fullReadEverySeconds: day,
};

const all = (path: string): StreamDefinition => ({
  name: path.slice(path.lastIndexOf('/') + 1),
  primaryKey: 'id',
  full: [list(path, numbered(path))],
  sweep: true,
});

export const streams: readonly StreamDefinition[] = [
  calls,
  contacts,
  all('/v2/users'),
  all('/v1/teams'),
  all('/v1/numbers'),
  all('/v1/tags'),
];
