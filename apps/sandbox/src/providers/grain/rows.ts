import * as words from '../../data/words.js';
import { revised, type Row, seconds } from '../account.js';

/** A UUID that ends in the row's number. */
export const uuid = (row: Row): string =>
  `${row.fields.uuid(90).slice(0, 24)}${row.index.toString(16).padStart(12, '0')}`;
export const recordingId = uuid;

export const user = (row: Row) => ({
  id: uuid(row),
  name: revised(`${row.fields.pick(1, words.firstNames)} ${row.fields.pick(2, words.lastNames)}`, row),
  email: `user.${row.index}@company-${row.account.id}.example`,
});

export const team = (row: Row) => ({
  id: uuid(row),
  name: revised(['Sales', 'Kundenerfolg', '製品'][row.index % 3]!, row),
});

export const meetingType = (row: Row) => ({
  id: uuid(row),
  name: revised(['Discovery', 'Démo', 'Onboarding', 'Internal'][row.index % 4]!, row),
  scope: row.index % 4 === 3 ? 'internal' : 'external',
});

/** A recording, with what was asked to be included. */
export function recording(row: Row, include: Readonly<Record<string, unknown>>) {
  const { account, fields, state } = row;
  const length = 300_000 + fields.int(1, 3_600) * 1000;
  const [of, kind] = [account.reference('teams', fields, 2), account.reference('meeting_types', fields, 3)];
  const id = recordingId(row);
  return {
    id,
    title: revised(`${fields.pick(4, words.companies)} · ${fields.pick(5, words.subjects)}`, row),
    source: fields.pick(6, ['zoom', 'meet', 'teams', 'upload', 'other']),
    url: `https://grain.com/share/recording/${id}`,
    media_type: 'video',
    tags: fields.chance(7, 50) ? [] : ['discovery'],
    start_datetime: seconds(state.createdAt),
    end_datetime: seconds(state.createdAt + length),
    duration_ms: length,
    thumbnail_url: null,
    teams: of ? [team(of)] : [],
    meeting_type: kind && !fields.chance(8, 40) ? meetingType(kind) : null,
    share_state: 'workspace',
    recorders: [],
    ...(include['participants'] === true && { participants: participants(row) }),
    ...(include['highlights'] === true && { highlights: [] }),
    ...(include['ai_summary'] === true && {
      ai_summary: fields.chance(9, 10) ? null : { text: fields.pick(10, words.sentences) },
    }),
    ...(include['ai_action_items'] === true && {
      ai_action_items: [
        { text: fields.pick(11, words.sentences), status: 'pending', timestamp: 8000, assignee: null },
      ],
    }),
    ...(include['calendar_event'] === true && { calendar_event: { ical_uid: fields.hex(12, 20) } }),
  };
}

const participants = ({ fields, index }: Row) => [
  {
    id: `p${index}`,
    name: fields.pick(13, words.firstNames),
    email: fields.chance(14, 50) ? null : `guest.${index}@customer.example`,
    scope: 'external',
    confirmed_attendee: true,
  },
];

/** A bare array; a recording may have no speech at all. */
export const transcript = (row: Row) =>
  Array.from({ length: row.fields.int(15, 5) + row.state.version }, (_, line) => ({
    participant_id: line % 2 ? null : `p${row.index}`,
    speaker: row.fields.pick(13, words.firstNames),
    start: 8000 + line * 5000,
    end: 9400 + line * 5000,
    text: revised(row.fields.pick(20 + line, words.sentences), row),
  }));
