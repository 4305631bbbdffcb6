import * as words from '../../data/words.js';
import { type Account, revised, type Row } from '../account.js';
import { beyondDouble, bigNumber } from '../pipedrive/rows/big-number.js';

const unix = (ms: number): number => Math.floor(ms / 1000);
const iso = (ms: number): string => new Date(ms).toISOString();
const link = (path: string, id: number | string) => `https://api.aircall.io/${path}/${id}`;

export function company(account: Account) {
  return {
    name: account.id === '1001' ? 'Acme Inc' : `Company ${account.id}`,
    users_count: account.collection('users').liveCount,
    numbers_count: account.collection('numbers').liveCount,
  };
}

export const user = (row: Row) => ({
  id: 1_981 + row.index,
  name: revised(`${row.fields.pick(1, words.firstNames)} ${row.fields.pick(2, words.lastNames)}`, row),
  email: `user.${row.index}@company-${row.account.id}.example`,
  direct_link: link('v2/users', 1_981 + row.index),
  language: 'en-US',
  created_at: iso(row.state.createdAt),
  time_zone: 'Europe/Paris',
  state: 'always_opened',
  wrap_up_time: 0,
  extension: null,
  availability_status: 'available',
  available: row.fields.chance(3, 50),
  default_number_id: null,
  substatus: 'always_open',
});

export const team = (row: Row) => {
  const member = row.account.reference('users', row.fields, 1);
  return {
    id: 31 + row.index,
    name: revised(['Support', 'Vertrieb', '営業部'][row.index % 3]!, row),
    direct_link: link('v1/teams', 31 + row.index),
    created_at: iso(row.state.createdAt),
    users: member ? [{ id: user(member).id, name: user(member).name }] : [],
  };
};

export const line = (row: Row) => ({
  id: 88 + row.index,
  direct_link: link('v1/numbers', 88 + row.index),
  name: revised(`Line ${row.fields.pick(1, words.countries)}`, row),
  digits: `+3318000${String(1000 + row.index)}`,
  created_at: iso(row.state.createdAt),
  country: 'FR',
  time_zone: 'Europe/Paris',
  open: true,
  availability_status: 'open',
});

export const tag = (row: Row) => ({
  id: 5 + row.index,
  name: revised(['demo', 'Rückruf', 'à rappeler', 'VIP ⭐'][row.index % 4]!, row),
  color: '#' + row.fields.hex(1, 6),
  description: row.fields.chance(2, 50) ? null : row.fields.pick(3, words.sentences),
});

export const contact = (row: Row) => ({
  id: 700_001 + row.index,
  direct_link: link('v1/contacts', 700_001 + row.index),
  first_name: revised(row.fields.pick(1, words.firstNames), row),
  last_name: row.fields.chance(2, 10) ? null : row.fields.pick(3, words.lastNames),
  company_name: row.fields.chance(4, 30) ? null : row.fields.pick(5, words.companies),
  description: null,
  information: row.fields.chance(6, 60) ? null : row.fields.pick(7, words.sentences),
  is_shared: true,
  created_at: unix(row.state.createdAt),
  updated_at: unix(row.state.modifiedAt),
  phone_numbers: [{ id: 900_001 + row.index, label: 'Work', value: `+4930${1_000_000 + row.index}` }],
  emails: row.fields.chance(8, 40)
    ? []
    : [{ id: 950_001 + row.index, label: 'Work', value: `contact.${row.index}@customer.example` }],
});

export function call(row: Row, query: Readonly<Record<string, string | undefined>>) {
  const { account, fields, index, state } = row;
  const missed = fields.chance(1, 25);
  const duration = missed ? 20 : 60 + fields.int(2, 3_000);
  const start = unix(state.createdAt);
  const [on, by] = [account.reference('numbers', fields, 3), account.reference('users', fields, 4)];
  const [about, label] = [account.reference('contacts', fields, 5), account.reference('tags', fields, 6)];
  const id = beyondDouble + BigInt(index);
  return {
    id: bigNumber(id),
    sid: `CA${fields.hex(7, 12)}`,
    direct_link: link('v1/calls', id.toString()),
    direction: fields.chance(8, 50) ? 'inbound' : 'outbound',
    status: 'done',
    missed_call_reason: missed ? 'no_available_agent' : null,
    started_at: start,
    answered_at: missed ? null : start + 7,
    ended_at: start + duration,
    duration,
    raw_digits: fields.chance(9, 5) ? 'anonymous' : `+1415555${1000 + (index % 9000)}`,
    // Signed for an hour: another link with each answer.
    recording: missed ? null : `https://assets.aircall.io/calls/${fields.hex(11, 8)}?expires=${Date.now()}`,
    voicemail: null,
    asset: null,
    archived: false,
    number: on && { id: line(on).id, name: line(on).name },
    user: by && !missed ? { id: user(by).id, name: user(by).name, email: user(by).email } : null,
    contact: query['fetch_contact'] === 'true' && about && !fields.chance(10, 40) ? contact(about) : null,
    assigned_to: null,
    teams: [],
    tags: label && state.version > 0 ? [{ id: tag(label).id, name: tag(label).name }] : [],
    comments: Array.from({ length: state.version }, (_, n) => ({
      id: n + 1,
      content: fields.pick(20 + n, words.sentences),
    })),
    country_code_a2: 'US',
    pricing_type: 'free',
  };
}
