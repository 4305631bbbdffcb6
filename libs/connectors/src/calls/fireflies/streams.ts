import type { CursorDefinition, CustomPagination, StreamDefinition } from '../../kit/stream.js';

const day = 86_400;
const path = '/graphql';

/** Fireflies filters by creation; summaries and sentences fill in after the meeting. */
const created: CursorDefinition = {
  field: 'dateString',
  kind: 'time',
  format: 'rfc3339_seconds',
  overlapSeconds: 3 * day,
  advance: 'upper',
};

/** Fields of every plan: `audio_url`, `video_url` and `analytics` fail the whole query on lower ones. */
const meeting = `id title date dateString duration organizer_email host_email participants privacy transcript_url
  meeting_link calendar_id cal_id calendar_type is_live fireflies_users speakers { id name }
  meeting_attendees { displayName email name phoneNumber location }
  meeting_attendance { name join_time leave_time }
  meeting_info { fred_joined silent_meeting summary_status } channels { id } user { user_id email name }
  summary { overview short_summary gist bullet_gist shorthand_bullet outline keywords action_items topics_discussed
    meeting_type transcript_chapters }`;

const sentence = 'index speaker_id speaker_name text raw_text start_time end_time';

/**
 * Newest first, by offset: the upper bound is fixed, or new meetings would shift the rows, and each page begins a few
 * rows early, or one deleted meanwhile would hide another. A page shorter than its limit is the end.
 */
function pages(fields: string, limit: number): CustomPagination {
  const overlap = 5;
  return {
    kind: 'custom',
    request: ({ since, upper }, page) => ({
      method: 'POST',
      path,
      json: {
        query: `query Transcripts($fromDate: DateTime, $toDate: DateTime) {
  transcripts(fromDate: $fromDate, toDate: $toDate, limit: ${limit}, skip: ${Number(page ?? 0)}) { ${fields} }
}`,
        variables: { toDate: upper, ...(since === undefined ? {} : { fromDate: since }) },
      },
    }),
    next: (_answer, rows, page) => (rows.length < limit ? undefined : Number(page ?? 0) + limit - overlap),
  };
}

function meetings(
  name: string,
  fields: string,
  limit: number,
  fullReadEverySeconds: number,
): StreamDefinition {
  const walk = { name, path, rows: 'data.transcripts', pagination: pages(fields, limit) };
  return {
    name,
    primaryKey: 'id',
    cursor: created,
    full: [walk],
    incremental: [walk],
    sweep: true,
    fullReadEverySeconds,
  };
}

const all = (name: string, primaryKey: string, fields: string): StreamDefinition => ({
  name,
  primaryKey,
  full: [
    {
      name,
      path,
      rows: `data.${name}`,
      pagination: {
        kind: 'custom',
        request: () => ({ method: 'POST', path, json: { query: `query { ${name} { ${fields} } }` } }),
        next: () => undefined,
      },
    },
  ],
  sweep: true,
});

export const streams: readonly StreamDefinition[] = [
  meetings('transcripts', meeting, 50, 7 * day),
  // A plan may allow 50 requests a day: a list brings 25 meetings' sentences for one of them.
  meetings('sentences', `id dateString sentences { ${sentence} }`, 25, 30 * day),
  all(
    'users',
    'user_id',
    'user_id name email is_admin num_transcripts recent_meeting recent_transcript minutes_consumed is_calendar_in_sync',
  ),
  all('contacts', 'email', 'email name picture last_meeting_date'),
  all('channels', 'id', 'id title is_private created_by created_at updated_at'),
];
