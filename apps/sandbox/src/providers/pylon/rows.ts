import * as words from '../../data/words.js';
import { idOf, revised, time, type Row } from './organisation.js';

const states = ['new', 'waiting_on_you', 'waiting_on_customer', 'on_hold', 'closed', 'escalated_🔥'] as const;
const objectTypes = ['issue', 'account', 'contact'] as const;

export const issueState = ({ fields }: Row): string => fields.pick(1, states);

export function issue(row: Row) {
  const { index, fields, state, organisation } = row;
  const requester = organisation.reference('contacts', fields, 4);
  return {
    id: idOf('issues', index),
    number: 100 + index,
    title: revised(fields.pick(2, words.subjects), row),
    link: `https://app.usepylon.com/issues?issueNumber=${100 + index}`,
    body_html: `<p>${fields.pick(3, words.sentences)}</p>`,
    state: issueState(row),
    type: fields.chance(5, 40) ? 'ticket' : 'conversation',
    source: fields.pick(6, ['slack', 'email', 'chat_widget', 'form'] as const),
    account: organisation.reference('accounts', fields, 7),
    requester: requester && { ...requester, email: `${requester.id}@example.test` },
    // Nobody has it yet: Pylon writes null at times and leaves the field out at others.
    ...(fields.chance(8, 70)
      ? { assignee: organisation.reference('users', fields, 9) }
      : fields.chance(10, 50)
        ? { assignee: null }
        : {}),
    team: organisation.reference('teams', fields, 11),
    tags: fields.chance(12, 50) ? ['billing', 'Überfällig'] : [],
    custom_fields: { severity: { slug: 'severity', value: fields.pick(13, ['high', 'low'] as const) } },
    created_at: time(state.createdAt),
    updated_at: time(organisation.issueUpdatedAt(index)),
    latest_message_time: time(state.createdAt + 60_000),
    attachment_urls: null,
  };
}

export function message(row: Row, issueIndex: number) {
  const { index, fields, state, organisation } = row;
  const text = fields.pick(1, words.sentences);
  const author = organisation.reference('contacts', fields, 3);
  return {
    id: idOf('issue_messages', index),
    // One in a hundred is somebody's whole log file.
    message_html: revised(`<p>${text.repeat(fields.chance(2, 1) ? 4000 : 1)}</p>`, row),
    timestamp: time(state.createdAt),
    is_private: fields.chance(4, 20),
    thread_id: `thr_${issueIndex}`,
    source: 'email',
    author: { name: fields.pick(5, words.firstNames), ...(author && { contact: author }) },
    file_urls: [],
  };
}

export function account(row: Row) {
  const { index, fields, state, organisation } = row;
  const domain = `acme-${index}.example.test`;
  return {
    id: idOf('accounts', index),
    name: revised(`${fields.pick(1, words.companies)} ${fields.pick(2, words.companySuffixes)}`, row),
    domain,
    domains: [domain],
    primary_domain: domain,
    type: 'customer',
    owner: organisation.reference('users', fields, 3),
    tags: [],
    custom_fields: {},
    created_at: time(state.createdAt),
    updated_at: time(state.modifiedAt),
    is_disabled: false,
  };
}

export function contact(row: Row) {
  const { index, fields, organisation } = row;
  const id = idOf('contacts', index);
  const name = `${fields.pick(1, words.firstNames)} ${fields.pick(2, words.lastNames)}`;
  return {
    id,
    name: revised(name, row),
    email: fields.chance(3, 90) ? `${id}@example.test` : null,
    emails: [`${id}@example.test`],
    account: organisation.reference('accounts', fields, 4),
    portal_role: 'no_access',
    custom_fields: {},
  };
}

export function user(row: Row) {
  const id = idOf('users', row.index);
  const name = revised(row.fields.pick(1, words.firstNames), row);
  return { id, name, email: `${id}@example.test`, emails: [`${id}@example.test`], status: 'active' };
}

export function team(row: Row) {
  const lead = row.organisation.reference('users', row.fields, 2);
  return {
    id: idOf('teams', row.index),
    name: revised(`Team ${row.index + 1} 🇩🇪`, row),
    users: lead ? [lead] : [],
  };
}

export const tag = (row: Row) => ({
  id: idOf('tags', row.index),
  value: revised(`tag ${row.index}`, row),
  object_type: row.fields.pick(1, objectTypes),
  hex_color: `#${row.fields.hex(2, 6)}`,
});

export const issueStatus = (row: Row) => ({
  slug: states[row.index] ?? `status_${row.index}`,
  label: revised(`Status ${row.index}`, row),
  category: states[row.index % 5],
  is_archived: false,
  is_default_status: row.index < 5,
});

export const customFieldType = ({ index }: Row): string => objectTypes[index % objectTypes.length]!;

/** The same slugs for each kind of object: only together with the kind do they tell fields apart. */
export const customField = (row: Row) => ({
  id: `cf_${row.index}`,
  slug: row.index < 3 ? 'severity' : `field_${Math.floor(row.index / 3)}`,
  label: revised(`Field ${row.index}`, row),
  type: 'text',
});
