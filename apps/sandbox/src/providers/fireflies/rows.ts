import * as words from '../../data/words.js';
import { revised, type Row, seconds } from '../account.js';

const iso = (ms: number): string => new Date(ms).toISOString();

export const user = (row: Row) => ({
  user_id: `u${row.account.id}${row.fields.hex(90, 8)}${row.index}`,
  name: revised(`${row.fields.pick(1, words.firstNames)} ${row.fields.pick(2, words.lastNames)}`, row),
  email: `user.${row.index}@company-${row.account.id}.example`,
  is_admin: row.index === 0,
  num_transcripts: row.fields.int(3, 200),
  recent_meeting: null,
  recent_transcript: null,
  minutes_consumed: row.fields.int(4, 9000) / 4,
  is_calendar_in_sync: true,
});

export const contact = (row: Row) => ({
  email: `contact.${row.index}@customer.example`,
  name: row.fields.chance(1, 20) ? null : revised(row.fields.pick(2, words.firstNames), row),
  picture: null,
  // An edit shows here where the name is unknown.
  last_meeting_date: seconds(row.state.modifiedAt),
});

export const channel = (row: Row) => ({
  id: `ch${row.fields.hex(90, 8)}${row.index}`,
  title: revised(['Sales', 'Interviews', '全社', 'Équipe'][row.index % 4]!, row),
  is_private: row.index % 2 === 1,
  created_by: 'u1',
  created_at: iso(row.state.createdAt),
  updated_at: iso(row.state.modifiedAt),
});

/** The last eight characters of a transcript's id are its row's number. */
export const transcriptId = (row: Row): string =>
  `01KX${row.fields.hex(90, 14).toUpperCase()}${String(row.index).padStart(8, '0')}`;

/** Everything that is known of a meeting; the query selects from it. */
export function transcript(row: Row) {
  const { account, fields, index, state } = row;
  const [owner, of] = [account.reference('users', fields, 1), account.reference('channels', fields, 2)];
  const by = owner && user(owner);
  return {
    id: transcriptId(row),
    title: revised(`${fields.pick(3, words.companies)} ${fields.pick(4, words.subjects)}`, row),
    date: state.createdAt,
    dateString: iso(state.createdAt),
    duration: 5 + fields.int(5, 200) / 4,
    organizer_email: by?.email ?? null,
    host_email: fields.chance(6, 40) ? null : (by?.email ?? null),
    participants: fields.chance(7, 10) ? null : [`guest.${index}@customer.example`],
    privacy: 'link',
    transcript_url: `https://app.fireflies.ai/view/${transcriptId(row)}`,
    meeting_link: null,
    calendar_id: null,
    cal_id: null,
    calendar_type: null,
    is_live: false,
    fireflies_users: by ? [by.email] : [],
    // Typed as text in the documentation, sent as a number from 0.
    speakers: [{ id: 0, name: fields.pick(8, words.firstNames) }],
    meeting_attendees: [{ displayName: null, email: `guest.${index}@customer.example`, name: null }],
    meeting_attendance: [],
    meeting_info: { fred_joined: true, silent_meeting: false, summary_status: 'processed' },
    channels: of ? [{ id: channel(of).id }] : [],
    user: by ? { user_id: by.user_id, email: by.email, name: by.name } : null,
    summary: fields.chance(9, 10)
      ? { overview: null, keywords: null }
      : { overview: fields.pick(10, words.sentences), keywords: ['pricing', '価格'] },
    sentences: Array.from({ length: fields.int(11, 5) + state.version }, (_, line) => ({
      index: line,
      speaker_id: 0,
      speaker_name: line % 3 === 2 ? null : fields.pick(8, words.firstNames),
      text: fields.pick(20 + line, words.sentences),
      raw_text: fields.pick(20 + line, words.sentences),
      start_time: line * 2.5,
      end_time: line * 2.5 + 2.2,
    })),
  };
}
