import type { CursorDefinition, Row, StreamDefinition, Walk } from '../../kit/stream.js';

const day = 86_400;

/** Fathom filters by creation alone, so a trailing week is read again for late shares and finished action items. */
const created: CursorDefinition = {
  field: 'created_at',
  kind: 'time',
  format: 'rfc3339_seconds',
  overlapSeconds: 7 * day,
  advance: 'upper',
};

const list = (path: string, query: Walk['query'] = {}): Walk => ({
  name: path,
  path: `/external/v1/${path}`,
  query,
  rows: 'items',
  pagination: { kind: 'cursor', param: 'cursor', next: 'next_cursor' },
});

/** Cursors are positions: the upper bound is fixed, or meetings recorded meanwhile would shift the rows. */
function meetings(name: string, include: Walk['query'], fullReadEverySeconds: number): StreamDefinition {
  const until = { ...include, created_before: '{upper}' };
  return {
    name,
    primaryKey: 'recording_id',
    cursor: created,
    full: [list('meetings', until)],
    incremental: [list('meetings', { ...until, created_after: '{since}' })],
    sweep: true,
    fullReadEverySeconds,
  };
}

/** A list with transcripts brings ten for one heavy request; asked for one by one, each costs as much. */
const transcripts: StreamDefinition = {
  ...meetings('transcripts', { include_transcript: true, include_summary: true }, 30 * day),
  record: ({ recording_id, created_at, transcript, transcript_language, default_summary }: Row) => ({
    recording_id,
    created_at,
    transcript_language,
    transcript,
    summary: default_summary,
  }),
};

const all = (name: string, primaryKey: string): StreamDefinition => ({
  name,
  primaryKey,
  full: [list(name)],
  sweep: true,
});

export const streams: readonly StreamDefinition[] = [
  meetings(
    'meetings',
    { include_action_items: true, include_crm_matches: true, include_highlights: true },
    7 * day,
  ),
  transcripts,
  all('teams', 'name'),
  all('team_members', 'email'),
];
