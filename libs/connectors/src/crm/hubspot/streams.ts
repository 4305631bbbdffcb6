import type { StreamDefinition, Walk } from '../../kit/stream.js';
import { searchPagination } from './search.js';

const version = '2026-03';
const day = 86_400;

/** Streams of CRM objects: name, and the properties to ask for. Naming any replaces HubSpot's default set. */
const objects = {
  contacts: [
    'email',
    'firstname',
    'lastname',
    'phone',
    'jobtitle',
    'company',
    'lifecyclestage',
    'hs_lead_status',
    'hubspot_owner_id',
    'createdate',
  ],
  companies: [
    'name',
    'domain',
    'industry',
    'numberofemployees',
    'annualrevenue',
    'country',
    'lifecyclestage',
    'hubspot_owner_id',
    'createdate',
  ],
  deals: [
    'dealname',
    'amount',
    'pipeline',
    'dealstage',
    'closedate',
    'createdate',
    'hs_is_closed_won',
    'hubspot_owner_id',
  ],
  tickets: [
    'subject',
    'content',
    'hs_pipeline',
    'hs_pipeline_stage',
    'hs_ticket_priority',
    'createdate',
    'closed_date',
    'hubspot_owner_id',
  ],
  calls: [
    'hs_timestamp',
    'hs_call_title',
    'hs_call_body',
    'hs_call_duration',
    'hs_call_direction',
    'hs_call_disposition',
    'hs_call_status',
    'hubspot_owner_id',
  ],
  emails: [
    'hs_timestamp',
    'hs_email_subject',
    'hs_email_text',
    'hs_email_direction',
    'hs_email_status',
    'hubspot_owner_id',
  ],
  meetings: [
    'hs_timestamp',
    'hs_meeting_title',
    'hs_meeting_body',
    'hs_meeting_start_time',
    'hs_meeting_end_time',
    'hs_meeting_outcome',
    'hubspot_owner_id',
  ],
} as const;

function objectStream(name: keyof typeof objects): StreamDefinition {
  // Contacts alone keep the old name; the other one silently selects wrong rows there.
  const cursorProperty = name === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate';
  const properties = [...objects[name], cursorProperty, 'hs_object_id'];
  const path = `/crm/objects/${version}/${name}`;
  const archived: Walk = {
    ...list('archived', path, { archived: true, properties: 'hs_object_id' }),
    meaning: 'deleted',
  };
  return {
    name,
    primaryKey: 'id',
    cursor: {
      field: `properties.${cursorProperty}`,
      kind: 'time',
      format: 'epoch_ms',
      overlapSeconds: 300, // the search index lags behind by minutes at times
      advance: 'upper',
    },
    // Listing has no ceiling and no index lag; searching can tell what changed.
    full: [list('list', path, { archived: false, properties: properties.join(',') })],
    incremental: [
      {
        name: 'search',
        path,
        rows: 'results',
        pagination: searchPagination(`${path}/search`, cursorProperty, properties),
      },
      archived,
    ],
    sweep: true,
    fullReadEverySeconds: 7 * day, // merged and permanently deleted rows vanish without a word
  };
}

function list(name: string, path: string, query: Record<string, string | boolean>): Walk {
  return {
    name,
    path,
    query: { limit: 100, ...query },
    rows: 'results',
    pagination: { kind: 'cursor', param: 'after', next: 'paging.next.after' },
  };
}

const ownersPath = `/crm/owners/${version}`;

const owners: StreamDefinition = {
  name: 'owners',
  primaryKey: 'id',
  full: [
    list('active', ownersPath, { archived: false }),
    // Records of years ago still name owners who have left.
    { ...list('archived', ownersPath, { archived: true }), meaning: 'archived' },
  ],
  sweep: true,
};

export const streams: readonly StreamDefinition[] = [
  objectStream('contacts'),
  objectStream('companies'),
  objectStream('deals'),
  objectStream('tickets'),
  owners,
  objectStream('calls'),
  objectStream('emails'),
  objectStream('meetings'),
];
