import * as words from '../../../data/words.js';
import { commonProperties, type ObjectType, revised, time } from './object-type.js';

const lifecycle = ['subscriber', 'lead', 'marketingqualifiedlead', 'opportunity', 'customer'] as const;

export const contacts: ObjectType = {
  name: 'contacts',
  typeId: '0-1',
  scopes: ['crm.objects.contacts.read'],
  firstId: 901,
  modifiedProperty: 'lastmodifieddate',
  defaults: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
  associations: ['companies'],
  properties: {
    ...commonProperties('lastmodifieddate', 'createdate'),
    email: ({ id, fields }) => (fields.chance(1, 7) ? null : `contact.${id}@example.test`),
    firstname: ({ fields }) => fields.pick(2, words.firstNames),
    lastname: ({ fields }) => (fields.chance(3, 4) ? null : fields.pick(4, words.lastNames)),
    phone: ({ fields }) => (fields.chance(5, 30) ? null : `+49 30 ${1_000_000 + fields.int(6, 9_000_000)}`),
    jobtitle: (row) => revised(row.fields.pick(7, words.jobTitles), row),
    company: ({ fields }) => (fields.chance(8, 20) ? null : fields.pick(9, words.companies)),
    lifecyclestage: ({ fields }) => fields.pick(10, lifecycle),
    hs_lead_status: ({ fields }) =>
      fields.chance(11, 50) ? null : fields.pick(12, ['NEW', 'OPEN', 'CONNECTED']),
  },
};

export const companies: ObjectType = {
  name: 'companies',
  typeId: '0-2',
  scopes: ['crm.objects.companies.read'],
  firstId: 9_951,
  modifiedProperty: 'hs_lastmodifieddate',
  defaults: ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name'],
  associations: [],
  properties: {
    ...commonProperties('hs_lastmodifieddate', 'createdate'),
    name: (row) =>
      revised(`${row.fields.pick(1, words.companies)} ${row.fields.pick(2, words.companySuffixes)}`, row),
    domain: ({ id, fields }) => (fields.chance(3, 8) ? null : `company-${id}.example`),
    industry: ({ fields }) =>
      fields.chance(4, 25) ? null : fields.pick(5, ['COMPUTER_SOFTWARE', 'BANKING', 'RETAIL']),
    numberofemployees: ({ fields }) => (fields.chance(6, 20) ? null : String(1 + fields.int(7, 50_000))),
    annualrevenue: ({ fields }) => (fields.chance(8, 30) ? null : `${fields.int(9, 90_000_000)}.5`),
    country: ({ fields }) => fields.pick(10, words.countries),
    lifecyclestage: ({ fields }) => fields.pick(11, lifecycle),
  },
};

const stages = ['appointmentscheduled', 'qualifiedtobuy', 'contractsent', 'closedwon', 'closedlost'] as const;

export const deals: ObjectType = {
  name: 'deals',
  typeId: '0-3',
  scopes: ['crm.objects.deals.read'],
  firstId: 9_901,
  modifiedProperty: 'hs_lastmodifieddate',
  defaults: [
    'amount', 'closedate', 'createdate', 'dealname', 'dealstage', 'hs_lastmodifieddate', 'hs_object_id', 'pipeline',
  ], // prettier-ignore
  associations: ['contacts', 'companies'],
  properties: {
    ...commonProperties('hs_lastmodifieddate', 'createdate'),
    dealname: (row) =>
      revised(`${row.fields.pick(1, words.companies)} — ${row.fields.pick(2, words.subjects)}`, row),
    amount: ({ fields }) => (fields.chance(3, 15) ? null : `${fields.int(4, 250_000)}.00`),
    pipeline: () => 'default',
    dealstage: ({ fields }) => fields.pick(5, stages),
    closedate: ({ state, fields }) =>
      fields.chance(6, 10) ? null : time(state.createdAt + (1 + fields.int(7, 90)) * 86_400_000),
    hs_is_closed_won: ({ fields }) => String(fields.pick(5, stages) === 'closedwon'),
  },
};

export const tickets: ObjectType = {
  name: 'tickets',
  typeId: '0-5',
  scopes: ['tickets'],
  firstId: 99_961,
  modifiedProperty: 'hs_lastmodifieddate',
  defaults: [
    'content', 'createdate', 'hs_lastmodifieddate', 'hs_object_id', 'hs_pipeline', 'hs_pipeline_stage',
    'hs_ticket_category', 'hs_ticket_priority', 'subject',
  ], // prettier-ignore
  associations: ['contacts'],
  properties: {
    ...commonProperties('hs_lastmodifieddate', 'createdate'),
    subject: (row) => revised(row.fields.pick(1, words.subjects), row),
    content: ({ fields }) => (fields.chance(2, 10) ? null : fields.pick(3, words.sentences)),
    hs_pipeline: () => '0',
    hs_pipeline_stage: ({ fields }) => String(1 + fields.int(4, 4)),
    hs_ticket_category: () => null,
    hs_ticket_priority: ({ fields }) =>
      fields.chance(5, 30) ? null : fields.pick(6, ['LOW', 'MEDIUM', 'HIGH']),
    closed_date: ({ state, fields }) => (fields.int(4, 4) === 3 ? time(state.createdAt + 172_800_000) : null),
  },
};
