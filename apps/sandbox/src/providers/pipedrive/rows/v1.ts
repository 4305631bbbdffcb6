import * as words from '../../../data/words.js';
import { firstIds, revised, type Row, v1Time } from '../company.js';

/** v1 users, with v1's times. */
export function user(row: Row) {
  const { state, fields, company, index } = row;
  return {
    id: firstIds.users! + index,
    name: revised(`${fields.pick(1, words.firstNames)} ${fields.pick(2, words.lastNames)}`, row),
    email: `user.${index}@company-${company.id}.example`,
    lang: 1,
    locale: 'de_DE',
    timezone_name: 'Europe/Berlin',
    timezone_offset: '+01:00',
    default_currency: 'EUR',
    phone: fields.chance(3, 50) ? null : '+493012345',
    activated: true,
    active_flag: !fields.chance(4, 15),
    is_admin: index === 0 ? 1 : 0,
    is_deleted: false,
    role_id: 1,
    icon_url: null,
    is_you: index === 0,
    created: v1Time(state.createdAt),
    modified: v1Time(state.modifiedAt),
    last_login: v1Time(state.createdAt),
  };
}

/** A v1 note: ids beside objects that repeat them. */
export function note(row: Row) {
  const { state, fields, company, index } = row;
  const dealId = fields.chance(1, 30) ? null : company.reference('deals', fields, 2);
  const userId = company.reference('users', fields, 3);
  return {
    id: firstIds.notes! + index,
    content: revised(`<p>${fields.pick(4, words.sentences)}</p>`, row),
    deal_id: dealId,
    person_id: fields.chance(5, 50) ? null : company.reference('persons', fields, 6),
    org_id: null,
    lead_id: null,
    user_id: userId,
    active_flag: true,
    pinned_to_deal_flag: false,
    last_update_user_id: null,
    add_time: v1Time(state.createdAt),
    update_time: v1Time(state.modifiedAt),
    user:
      userId === null
        ? null
        : {
            email: `user.${userId - firstIds.users!}@company-${company.id}.example`,
            name: 'Owner',
            is_you: false,
          },
    deal: dealId === null ? null : { title: 'Deal' },
  };
}

function leadOf(archived: boolean) {
  return (row: Row) => {
    const { state, fields, company, index } = row;
    return {
      id: fields.uuid(1),
      title: revised(`${fields.pick(2, words.companies)} lead`, row),
      owner_id: company.reference('users', fields, 3),
      creator_id: company.reference('users', fields, 4),
      label_ids:
        company.collection('lead_labels').size > 0 && fields.chance(5, 60)
          ? [labelId(company.row('lead_labels', 0))]
          : [],
      person_id: fields.chance(6, 20) ? null : company.reference('persons', fields, 7),
      organization_id: fields.chance(8, 60) ? null : company.reference('organizations', fields, 9),
      source_name: 'Manually created',
      origin: 'ManuallyCreated',
      is_archived: archived,
      was_seen: index % 2 === 0,
      value: fields.chance(10, 40)
        ? null
        : { amount: fields.int(11, 100_000), currency: fields.pick(12, words.currencies) },
      expected_close_date: null,
      next_activity_id: null,
      // Leads, unlike the rest of v1, write RFC 3339 with fractions.
      add_time: new Date(state.createdAt).toISOString(),
      update_time: new Date(state.modifiedAt).toISOString(),
      visible_to: '3',
      cc_email: null,
    };
  };
}

export const lead = leadOf(false);
export const archivedLead = leadOf(true);

const labelId = (row: Row): string => row.fields.uuid(1);

export function leadLabel(row: Row) {
  const { state, index } = row;
  return {
    id: labelId(row),
    name: revised(['Hot 🔥', 'Warm', 'Kalt', '要確認'][index % 4]!, row),
    color: ['red', 'yellow', 'blue', 'green'][index % 4],
    add_time: new Date(state.createdAt).toISOString(),
    update_time: new Date(state.modifiedAt).toISOString(),
  };
}
