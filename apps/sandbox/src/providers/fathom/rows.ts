import * as words from '../../data/words.js';
import { revised, type Row, seconds } from '../account.js';

export const firstRecordingId = 40_417_001;
const hour = 3_600_000;

export const team = (row: Row) => ({
  name: `${['Sales', 'Success', 'Équipe Produit', '日本'][row.index % 4]} ${row.index}`,
  created_at: seconds(row.state.createdAt),
});

export function teamMember(row: Row) {
  const { account, fields, index, state } = row;
  const of = account.reference('teams', fields, 3);
  return {
    name: revised(`${fields.pick(1, words.firstNames)} ${fields.pick(2, words.lastNames)}`, row),
    email: `user.${index}@company-${account.id}.example`,
    team: of ? team(of).name : null,
    created_at: seconds(state.createdAt),
  };
}

/** A meeting, with what the query's `include_…` flags add to it. */
export function meeting(row: Row, query: Readonly<Record<string, string | undefined>>) {
  const { account, fields, index, state } = row;
  const start = state.createdAt - hour;
  const recorder = account.reference('team_members', fields, 1);
  const by = recorder && teamMember(recorder);
  const id = firstRecordingId + index;
  const wants = (name: string) => query[`include_${name}`] === 'true';
  return {
    title: revised(`${fields.pick(2, words.companies)} — ${fields.pick(3, words.subjects)}`, row),
    meeting_title: fields.chance(4, 20) ? null : fields.pick(3, words.subjects),
    meeting_type: fields.chance(5, 70) ? null : 'Discovery',
    recording_id: id,
    url: `https://fathom.video/calls/${id}`,
    share_url: `https://fathom.video/share/${fields.hex(6, 12)}`,
    meeting_url: null,
    created_at: seconds(state.createdAt),
    scheduled_start_time: seconds(start),
    scheduled_end_time: seconds(start + hour),
    recording_start_time: seconds(start + 65_000),
    recording_end_time: seconds(start + hour - 80_000),
    calendar_invitees_domains_type: fields.chance(7, 40) ? 'only_internal' : 'one_or_more_external',
    shared_with: 'single_team',
    transcript_language: 'en',
    transcript: wants('transcript') ? transcript(row) : null,
    default_summary: wants('summary') ? summary(row) : null,
    action_items: wants('action_items') ? actionItems(row, by) : null,
    ...(wants('highlights') && { highlights: [] }),
    // A trouble of the customer's CRM inside a good answer.
    crm_matches: wants('crm_matches')
      ? { contacts: [], companies: [], deals: [], error: fields.chance(8, 30) ? 'No CRM connected' : null }
      : null,
    recorded_by: by && {
      name: by.name,
      email: by.email,
      email_domain: by.email.split('@')[1],
      team: by.team,
    },
    calendar_invitees: fields.chance(9, 15) ? [] : [invitee(row)],
  };
}

function invitee({ fields, index }: Row) {
  const known = !fields.chance(10, 25);
  return {
    name: known ? `${fields.pick(11, words.firstNames)} ${fields.pick(12, words.lastNames)}` : null,
    email: known ? `guest.${index}@customer.example` : null,
    email_domain: known ? 'customer.example' : null,
    is_external: true,
    matched_speaker_display_name: null,
  };
}

const actionItems = (row: Row, assignee: ReturnType<typeof teamMember> | undefined) => [
  {
    description: row.fields.pick(13, words.sentences),
    user_generated: false,
    completed: row.state.version > 0,
    recording_timestamp: '00:05:32',
    recording_playback_url: `https://fathom.video/calls/${firstRecordingId + row.index}?timestamp=332`,
    // An object where there is one, by Fathom's own client, also without a name.
    assignee: { name: assignee?.name ?? null, email: assignee?.email ?? null, team: assignee?.team ?? null },
  },
];

export const summary = (row: Row) => ({
  template_name: 'General',
  markdown_formatted: revised(`## Summary\n\n${row.fields.pick(14, words.sentences)}`, row),
});

export const transcript = (row: Row) =>
  Array.from({ length: row.fields.int(15, 6) }, (_, line) => ({
    speaker: {
      display_name: row.fields.pick(16 + (line % 2), words.firstNames),
      matched_calendar_invitee_email: line % 2 ? `guest.${row.index}@customer.example` : null,
    },
    text: row.fields.pick(20 + line, words.sentences),
    timestamp: `00:0${line}:12`,
  }));
