import * as words from '../../data/words.js';
import { revised, type Row } from '../account.js';
import { dateOnly, idFrom, lookUp, orgName, stamp } from './org.js';

export type Value = string | number | boolean | null;
/** `hidden`: field-level security keeps it from whoever approved. */
export interface Column {
  readonly type: string;
  readonly hidden?: true;
  value(row: Row): Value;
}
export interface SObject {
  readonly name: string;
  readonly stream: string;
  readonly prefix: string;
  readonly columns: Readonly<Record<string, Column>>;
}

const column = (type: string, value: (row: Row) => Value, hidden?: true): Column => ({
  type,
  value,
  ...(hidden && { hidden }),
});
const text = (value: (row: Row) => Value) => column('string', value);
const maybe = (field: number, percent: number, value: (row: Row) => Value) =>
  text((row) => (row.fields.chance(field, percent) ? null : value(row)));
const flag = (value: (row: Row) => boolean) => column('boolean', value);

const prefixes: Readonly<Record<string, string>> = {
  organizations: '00D',
  accounts: '001',
  contacts: '003',
  leads: '00Q',
  opportunities: '006',
  opportunity_contact_roles: '00K',
  users: '005',
  tasks: '00T',
  events: '00U',
  cases: '500',
};

const recordId = ({ account, index }: Row, stream: string) => idFrom(prefixes[stream]!, account.id, index);

/** A look-up that a tenth of the rows leave empty. */
const reference = (stream: string, field: number, always = false) =>
  column('reference', ({ account, fields }) =>
    !always && fields.chance(field + 50, 10)
      ? null
      : lookUp(account, stream, prefixes[stream]!, account.reference(stream, fields, field)?.index),
  );

function sobject(name: string, stream: string, columns: Record<string, Column>): SObject {
  const own: Record<string, Column> = ['users', 'organizations'].includes(stream)
    ? {}
    : { IsDeleted: flag(({ state }) => state.deletedAt !== null) };
  return {
    name,
    stream,
    prefix: prefixes[stream]!,
    columns: {
      Id: column('id', (row) => recordId(row, stream)),
      ...own,
      ...columns,
      CreatedDate: column('datetime', ({ state }) => stamp(state.createdAt)),
      LastModifiedDate: column('datetime', ({ state }) => stamp(state.modifiedAt)),
      SystemModstamp: column('datetime', ({ state }) => stamp(state.modifiedAt)),
    },
  };
}

const first = text(({ fields }) => fields.pick(1, words.firstNames));
const last = text((row) => revised(row.fields.pick(2, words.lastNames), row));
const whole = text(
  (row) => `${row.fields.pick(1, words.firstNames)} ${revised(row.fields.pick(2, words.lastNames), row)}`,
);
const owner = reference('users', 40, true);
const subject = text((row) => revised(row.fields.pick(1, words.subjects), row));
/** One in a hundred fills the column to its 32,000 characters. */
const description = column('textarea', ({ fields, index }) =>
  index % 100 === 42
    ? fields.pick(3, words.sentences).repeat(700).slice(0, 32_000)
    : fields.chance(4, 40)
      ? null
      : fields.pick(3, words.sentences),
);
const email = (who: string) => maybe(5, 15, ({ index }) => `${who}.${index}@customer.example`);

export const objects: readonly SObject[] = [
  sobject('Organization', 'organizations', {
    Name: text(({ account }) => orgName(account.id)),
    IsSandbox: flag(() => false),
    OrganizationType: text(() => 'Enterprise Edition'),
    InstanceName: text(() => 'EU47'),
  }),
  sobject('Account', 'accounts', {
    Name: text((row) =>
      revised(`${row.fields.pick(1, words.companies)} ${row.fields.pick(2, words.companySuffixes)}`, row),
    ),
    Type: maybe(3, 30, ({ fields }) => fields.pick(4, ['Customer', 'Prospect', 'Partner'])),
    Industry: maybe(5, 40, ({ fields }) => fields.pick(6, ['Energy', 'Banking', 'Bildung'])),
    Website: maybe(7, 30, ({ index }) => `https://account-${index}.example`),
    NumberOfEmployees: column('int', ({ fields }) => (fields.chance(8, 50) ? null : fields.int(9, 50_000))),
    AnnualRevenue: column('currency', ({ fields }) => fields.int(10, 1_000_000) / 100, true),
    BillingCountry: maybe(11, 20, ({ fields }) => fields.pick(12, words.countries)),
    OwnerId: owner,
  }),
  sobject('Contact', 'contacts', {
    AccountId: reference('accounts', 10),
    FirstName: first,
    LastName: last,
    Name: whole,
    Email: email('contact'),
    Title: maybe(6, 40, ({ fields }) => fields.pick(7, words.jobTitles)),
    Phone: maybe(8, 50, ({ index }) => `+4930${1_000_000 + index}`),
    OwnerId: owner,
  }),
  sobject('Lead', 'leads', {
    FirstName: first,
    LastName: last,
    Name: whole,
    Email: email('lead'),
    Company: text(({ fields }) => fields.pick(6, words.companies)),
    Status: text(({ fields }) => fields.pick(7, ['Open', 'Working', 'Qualifiziert'])),
    LeadSource: column('picklist', () => 'Web', true),
    IsConverted: flag(({ fields }) => fields.chance(8, 20)),
    ConvertedContactId: reference('contacts', 11),
    ConvertedAccountId: reference('accounts', 12),
    ConvertedOpportunityId: reference('opportunities', 13),
    OwnerId: owner,
  }),
  sobject('Opportunity', 'opportunities', {
    AccountId: reference('accounts', 10, true),
    Name: subject,
    StageName: text(({ fields }) =>
      fields.pick(6, ['Prospecting', 'Verhandlung', 'Closed Won', 'Closed Lost']),
    ),
    Amount: column('currency', ({ fields }) =>
      fields.chance(7, 20) ? null : fields.int(8, 10_000_000) / 100,
    ),
    CloseDate: column('date', ({ state }) => dateOnly(state.createdAt + 90 * 86_400_000)),
    Probability: column('percent', ({ fields }) => fields.int(9, 101)),
    IsWon: flag(({ fields }) => fields.chance(14, 30)),
    IsClosed: flag(({ fields }) => fields.chance(15, 50)),
    OwnerId: owner,
  }),
  sobject('OpportunityContactRole', 'opportunity_contact_roles', {
    OpportunityId: reference('opportunities', 10, true),
    ContactId: reference('contacts', 11, true),
    Role: text((row) => revised(row.fields.pick(1, ['Decision Maker', 'Évaluateur', 'Influencer']), row)),
    IsPrimary: flag(({ fields }) => fields.chance(2, 50)),
  }),
  sobject('User', 'users', {
    Name: whole,
    Username: text(({ index, account }) => `user.${index}@org-${account.id}.example`),
    Email: text(({ index, account }) => `user.${index}@org-${account.id}.example`),
    IsActive: flag(({ fields }) => fields.chance(6, 85)),
    UserRoleId: column('reference', () => null),
    UserType: text(() => 'Standard'),
  }),
  sobject('Task', 'tasks', {
    WhoId: reference('contacts', 10),
    WhatId: reference('opportunities', 11),
    AccountId: reference('accounts', 12),
    Subject: subject,
    Status: text(({ fields }) => fields.pick(6, ['Not Started', 'Completed'])),
    Priority: text(({ fields }) => fields.pick(7, ['Normal', 'High'])),
    ActivityDate: column('date', ({ fields, state }) =>
      fields.chance(8, 20) ? null : dateOnly(state.createdAt),
    ),
    TaskSubtype: text(({ fields }) => fields.pick(9, ['Task', 'Call', 'Email'])),
    Description: description,
    OwnerId: owner,
  }),
  sobject('Event', 'events', {
    WhoId: reference('leads', 10),
    WhatId: reference('accounts', 11),
    AccountId: reference('accounts', 12),
    Subject: subject,
    StartDateTime: column('datetime', ({ state }) => stamp(state.createdAt)),
    EndDateTime: column('datetime', ({ state }) => stamp(state.createdAt + 1_800_000)),
    Description: description,
    OwnerId: owner,
  }),
  sobject('Case', 'cases', {
    CaseNumber: text(({ index }) => String(1_000 + index).padStart(8, '0')),
    AccountId: reference('accounts', 10),
    ContactId: reference('contacts', 11),
    Status: text(({ fields }) => fields.pick(6, ['New', 'Escalated', 'Closed'])),
    Priority: text(({ fields }) => fields.pick(7, ['Low', 'Medium', 'High'])),
    Origin: text(({ fields }) => fields.pick(8, ['Web', 'Phone'])),
    Subject: subject,
    Description: description,
    ClosedDate: column('datetime', ({ fields, state }) =>
      fields.chance(9, 60) ? null : stamp(state.createdAt),
    ),
    OwnerId: owner,
  }),
];
