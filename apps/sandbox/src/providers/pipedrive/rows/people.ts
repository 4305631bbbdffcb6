import * as words from '../../../data/words.js';
import { date, firstIds, revised, type Row, v2Time } from '../company.js';
import { beyondDouble, bigNumber } from './big-number.js';

const common = ({ state, fields, company }: Row) => ({
  owner_id: company.reference('users', fields, 70),
  add_time: v2Time(state.createdAt),
  update_time: v2Time(state.modifiedAt),
  is_deleted: false,
  visible_to: 3,
});

export function person(row: Row) {
  const { fields, company, index } = row;
  const first = fields.pick(1, words.firstNames);
  const last = fields.chance(2, 5) ? null : fields.pick(3, words.lastNames);
  return {
    id: firstIds.persons! + index,
    name: revised(last === null ? first : `${first} ${last}`, row),
    first_name: first,
    last_name: last,
    emails: fields.chance(4, 10)
      ? []
      : [{ value: `person.${index}@example.test`, primary: true, label: 'work' }],
    phones: fields.chance(5, 40)
      ? []
      : [{ value: `+4930${1_000_000 + fields.int(6, 8_999_999)}`, primary: true, label: 'mobile' }],
    org_id: fields.chance(7, 20) ? null : company.reference('organizations', fields, 8),
    picture_id: null,
    label_ids: [],
    ...common(row),
    custom_fields: {},
  };
}

export function organization(row: Row) {
  const { fields, index } = row;
  return {
    id: firstIds.organizations! + index,
    name: revised(`${fields.pick(1, words.companies)} ${fields.pick(2, words.companySuffixes)}`, row),
    address: fields.chance(3, 40)
      ? null
      : {
          value: `Straße ${fields.int(4, 200)}, Köln`,
          country: fields.pick(5, words.countries),
          postal_code: '50667',
        },
    website: fields.chance(6, 30) ? null : `https://org-${index}.example`,
    linkedin: null,
    industry: fields.chance(7, 50) ? null : fields.int(8, 40),
    annual_revenue: fields.chance(9, 50) ? null : fields.int(10, 90_000_000),
    employee_count: fields.chance(11, 30) ? null : 1 + fields.int(12, 5_000),
    label_ids: [],
    ...common(row),
    custom_fields: {},
  };
}

/** Ids lie beyond 2^53, all of them odd, so that a double cannot hold a single one. */
export function activity(row: Row) {
  const { state, fields, company, index } = row;
  const personId = fields.chance(1, 30) ? null : company.reference('persons', fields, 2);
  return {
    id: bigNumber(beyondDouble + 2n * BigInt(index)),
    subject: revised(fields.pick(3, words.subjects), row),
    type: fields.pick(4, ['call', 'meeting', 'task', 'email', 'lunch']),
    deal_id: fields.chance(5, 40) ? null : company.reference('deals', fields, 6),
    lead_id: null,
    person_id: personId,
    org_id: fields.chance(7, 40) ? null : company.reference('organizations', fields, 8),
    due_date: date(state.createdAt + 86_400_000 * fields.int(9, 30)),
    due_time: fields.chance(10, 30) ? null : '09:30:00',
    duration: fields.chance(11, 30) ? null : '00:45:00',
    busy: true,
    done: fields.chance(12, 50),
    participants: personId === null ? [] : [{ person_id: personId, primary: true }],
    note: fields.chance(13, 40) ? null : fields.pick(14, words.sentences),
    ...common(row),
  };
}
