import type {
  CursorDefinition,
  CustomPagination,
  Pass,
  Row,
  StreamDefinition,
  Walk,
} from '../../kit/stream.js';
import { textAt } from '../../kit/value-at.js';
import { longId } from './ids.js';
import { rowsOf, visibleRows } from './query.js';

export { dataPath } from './query.js';

const day = 86_400;

/** A transaction lasts ten minutes at most, and stamps its rows before it commits. */
const changed: CursorDefinition = {
  field: 'SystemModstamp',
  kind: 'time',
  format: 'rfc3339_seconds',
  overlapSeconds: 15 * 60,
  advance: 'upper',
};

const always = ['Id', 'CreatedDate', 'LastModifiedDate', 'SystemModstamp'];
const byChange = 'SystemModstamp ASC, Id ASC';

/** Frozen at both ends: a row that changes while it is paged belongs to the next pass. */
const within = ({ since, upper }: Pass): string[] => [
  ...(since === undefined ? [] : [`SystemModstamp >= ${since}`]),
  `SystemModstamp < ${upper}`,
];

interface ObjectDefinition {
  readonly object: string;
  readonly columns: string;
  /** Rows a page, fewer where texts of 32,000 characters are among the columns. */
  readonly batch?: number;
  /** Users are deactivated, never deleted, and have no such column. */
  readonly undeletable?: true;
}

function objectStream(name: string, definition: ObjectDefinition): StreamDefinition {
  const { object, batch = 2000, undeletable } = definition;
  const columns = [...always, ...(undeletable ? [] : ['IsDeleted']), ...definition.columns.split(' ')];
  const live = undeletable ? [] : ['IsDeleted = false'];
  const walk = (pagination: CustomPagination, more: Partial<Walk> = {}): Walk => ({
    name: object,
    path: object,
    rows: 'records',
    pagination,
    ...more,
  });
  const since = (condition: readonly string[]) => (pass: Pass) => [...condition, ...within(pass)];
  const gone = { object, columns: ['Id', 'SystemModstamp'], batch: 2000, where: since(['IsDeleted = true']) };
  return {
    name,
    primaryKey: 'Id',
    cursor: changed,
    // Without an upper bound: a row that leaves it while it is read would be taken for a deleted one.
    full: [walk(visibleRows({ object, columns, batch, where: () => live }))],
    incremental: [
      walk(visibleRows({ object, columns, batch, where: since(live), orderBy: byChange })),
      ...(undeletable ? [] : [walk(rowsOf({ ...gone, orderBy: byChange }), { meaning: 'deleted' })]),
    ],
    sweep: true,
    // Merged and purged rows are in no bin; formulas and another record's values move no stamp.
    fullReadEverySeconds: 7 * day,
    record,
  };
}

/** A row deleted behind the query's back may come with its mark; a `deleted` walk asks for no such column. */
function record({ attributes: _attributes, ...row }: Row): Row | undefined {
  const id = textAt(row, 'Id');
  if (row['IsDeleted'] === true || id === undefined) return undefined;
  return { ...row, Id: longId(id) };
}

export const streams: readonly StreamDefinition[] = [
  objectStream('accounts', {
    object: 'Account',
    columns: 'Name Type Industry Website NumberOfEmployees AnnualRevenue BillingCountry OwnerId',
  }),
  objectStream('contacts', {
    object: 'Contact',
    columns: 'AccountId FirstName LastName Name Email Title Phone OwnerId',
  }),
  objectStream('leads', {
    object: 'Lead',
    columns:
      'FirstName LastName Name Email Company Status LeadSource IsConverted ConvertedContactId ConvertedAccountId ConvertedOpportunityId OwnerId',
  }),
  objectStream('opportunities', {
    object: 'Opportunity',
    columns: 'AccountId Name StageName Amount CurrencyIsoCode CloseDate Probability IsWon IsClosed OwnerId',
  }),
  objectStream('opportunity_contact_roles', {
    object: 'OpportunityContactRole',
    columns: 'OpportunityId ContactId Role IsPrimary',
  }),
  objectStream('users', {
    object: 'User',
    columns: 'Name Username Email IsActive UserRoleId UserType',
    undeletable: true,
  }),
  objectStream('tasks', {
    object: 'Task',
    columns: 'WhoId WhatId AccountId Subject Status Priority ActivityDate TaskSubtype Description OwnerId',
    batch: 500,
  }),
  objectStream('events', {
    object: 'Event',
    columns: 'WhoId WhatId AccountId Subject StartDateTime EndDateTime Description OwnerId',
    batch: 500,
  }),
  objectStream('cases', {
    object: 'Case',
    columns: 'CaseNumber AccountId ContactId Status Priority Origin Subject Description ClosedDate OwnerId',
    batch: 500,
  }),
];
