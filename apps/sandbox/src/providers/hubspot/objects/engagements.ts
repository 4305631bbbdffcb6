import * as words from '../../../data/words.js';
import { commonProperties, type ObjectType, revised, time } from './object-type.js';

const defaults = ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'];
const shared = {
  modifiedProperty: 'hs_lastmodifieddate',
  defaults,
  associations: ['contacts', 'companies'],
} as const;
const common = {
  ...commonProperties('hs_lastmodifieddate', 'hs_createdate'),
  hs_timestamp: ({ state }) => time(state.createdAt),
} satisfies ObjectType['properties'];

export const calls: ObjectType = {
  ...shared,
  name: 'calls',
  typeId: '0-48',
  scopes: ['crm.objects.contacts.read'],
  firstId: 999_941,
  properties: {
    ...common,
    hs_call_title: (row) => revised(`Call: ${row.fields.pick(1, words.subjects)}`, row),
    hs_call_body: ({ fields }) => (fields.chance(2, 20) ? null : fields.pick(3, words.sentences)),
    hs_call_duration: ({ fields }) => String(fields.int(4, 3_600_000)),
    hs_call_direction: ({ fields }) => fields.pick(5, ['INBOUND', 'OUTBOUND']),
    hs_call_disposition: ({ fields }) => (fields.chance(6, 40) ? null : fields.uuid(7)),
    hs_call_status: ({ fields }) => fields.pick(8, ['COMPLETED', 'NO_ANSWER', 'BUSY']),
  },
};

export const emails: ObjectType = {
  ...shared,
  name: 'emails',
  typeId: '0-49',
  scopes: ['crm.objects.contacts.read', 'sales-email-read'],
  firstId: 9_999_921,
  properties: {
    ...common,
    hs_email_subject: (row) => revised(`Re: ${row.fields.pick(1, words.subjects)}`, row),
    hs_email_text: ({ fields }) => (fields.chance(2, 10) ? null : fields.pick(3, words.sentences)),
    hs_email_direction: ({ fields }) => fields.pick(4, ['EMAIL', 'INCOMING_EMAIL', 'FORWARDED_EMAIL']),
    hs_email_status: ({ fields }) =>
      fields.chance(5, 20) ? null : fields.pick(6, ['SENT', 'BOUNCED', 'FAILED']),
  },
};

export const meetings: ObjectType = {
  ...shared,
  name: 'meetings',
  typeId: '0-47',
  scopes: ['crm.objects.contacts.read'],
  firstId: 99_971,
  properties: {
    ...common,
    hs_meeting_title: (row) => revised(`${row.fields.pick(1, words.subjects)} 📅`, row),
    hs_meeting_body: ({ fields }) => (fields.chance(2, 30) ? null : fields.pick(3, words.sentences)),
    hs_meeting_start_time: ({ state }) => time(state.createdAt + 3_600_000),
    hs_meeting_end_time: ({ state, fields }) =>
      fields.chance(4, 5) ? null : time(state.createdAt + 5_400_000),
    hs_meeting_outcome: ({ fields }) =>
      fields.chance(5, 40) ? null : fields.pick(6, ['SCHEDULED', 'COMPLETED']),
  },
};
