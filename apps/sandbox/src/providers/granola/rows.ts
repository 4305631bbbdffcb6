import * as words from '../../data/words.js';
import { revised, type Row } from '../account.js';

const iso = (ms: number): string => new Date(ms).toISOString();
const minute = 60_000;

/** `not_` and 14 characters, the last six of which are the row's number. */
const noteId = (row: Row): string => `not_${row.fields.hex(90, 8)}${String(row.index).padStart(6, '0')}`;

/** The row of a note's id; undefined for what is no such id. */
export function indexOf(id: string): number | undefined {
  const digits = /^not_[0-9a-f]{8}(\d{6})$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export const listed = (row: Row) => ({
  id: noteId(row),
  object: 'note',
  title: row.fields.chance(1, 8)
    ? null
    : revised(`${row.fields.pick(2, words.companies)} ${row.fields.pick(3, words.subjects)}`, row),
  owner: {
    name: row.fields.chance(4, 10) ? null : row.fields.pick(5, words.firstNames),
    email: `user.${row.fields.int(6, 9)}@company-${row.account.id}.example`,
  },
  created_at: iso(row.state.createdAt),
  updated_at: iso(row.state.modifiedAt),
});

export function detail(row: Row) {
  const { fields, index, state } = row;
  const start = state.createdAt - 45 * minute;
  const of = row.account.reference('folders', fields, 7);
  return {
    ...listed(row),
    web_url: `https://notes.granola.ai/d/${fields.uuid(8)}`,
    calendar_event: fields.chance(9, 30)
      ? null
      : {
          event_title: fields.pick(3, words.subjects),
          invitees: [{ email: `guest.${index}@customer.example` }],
          organiser: null,
          calendar_event_id: `ev_${index}`,
          scheduled_start_time: iso(start),
          scheduled_end_time: iso(start + 45 * minute),
        },
    attendees: [{ name: null, email: `guest.${index}@customer.example` }],
    folder_membership: of ? [folder(of)] : [],
    // Older answers lack the spaces and the private notes.
    ...(index % 3 > 0 && { space_membership: [], private_notes_text: null, private_notes_markdown: null }),
    summary_text: revised(fields.pick(10, words.sentences), row),
    summary_markdown: fields.chance(11, 20) ? null : `# Summary\n\n- ${fields.pick(10, words.sentences)}`,
  };
}

/** The first note's is longer than a page, and every fourth has none. */
export const transcript = (row: Row) =>
  Array.from({ length: row.index === 0 ? 130 : row.index % 4 }, (_, line) => ({
    text: revised(row.fields.pick(20 + line, words.sentences), row),
    start_time: iso(row.state.createdAt + line * 2_000),
    end_time: iso(row.state.createdAt + line * 2_000 + 1_500),
    speaker: line % 2 ? { source: 'speaker', attribution: 'them' } : { source: 'microphone' },
  }));

export const folder = (row: Row) => ({
  id: `fol_${row.fields.hex(1, 6)}${row.index}`,
  object: 'folder',
  name: revised(`${['Customers', 'Équipe', '採用', 'Ideas'][row.index % 4]} ${row.index}`, row),
  parent_folder_id: null,
  space_id: 'spa_77',
});
