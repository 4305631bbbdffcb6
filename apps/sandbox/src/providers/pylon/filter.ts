import { issueState, issue } from './rows.js';
import { type Row } from './organisation.js';

/** A filter that Pylon answers with 400. */
export class BadFilter extends Error {
  override readonly name = 'BadFilter';
}

type Leaf = { field?: string; operator?: string; value?: unknown; values?: unknown[] };
type Group = { operator?: string; subfilters?: unknown[] };
type Test = (row: Row) => boolean;

const times: Readonly<Record<string, (row: Row) => number>> = {
  created_at: ({ state }) => state.createdAt,
  updated_at: ({ organisation, index }) => organisation.issueUpdatedAt(index),
};
const texts: Readonly<Record<string, (row: Row) => string | undefined>> = {
  state: issueState,
  account_id: (row) => issue(row).account?.id,
  team_id: (row) => issue(row).team?.id,
};

/** The filter grammar of search bodies: leaves, and groups up to three deep. @throws BadFilter */
export function parseFilter(filter: unknown, depth = 1): Test {
  if (filter === undefined || filter === null) return () => true;
  if (typeof filter !== 'object') throw new BadFilter('filter must be an object');
  const { subfilters, operator } = filter as Group;
  if (!subfilters) return parseLeaf(filter as Leaf);
  if (depth > 3) throw new BadFilter('filters are nested too deeply');
  const tests = subfilters.map((sub) => parseFilter(sub, depth + 1));
  if (operator === 'and') return (row) => tests.every((test) => test(row));
  if (operator === 'or') return (row) => tests.some((test) => test(row));
  throw new BadFilter('operator must be and or or');
}

function parseLeaf({ field = '', operator = '', value, values }: Leaf): Test {
  const at = times[field];
  if (at) return parseTime(at, operator, values ?? [value]);
  const text = texts[field];
  if (!text) throw new BadFilter(`invalid filter field: ${field}`);
  if (operator === 'equals') return (row) => text(row) === value;
  if (operator === 'in') return (row) => values?.includes(text(row)) ?? false;
  throw new BadFilter(`invalid operator ${operator} for ${field}`);
}

/** Bounds are exclusive and fall on whole seconds: the less friendly of the readings that the documentation leaves. */
function parseTime(at: (row: Row) => number, operator: string, values: unknown[]): Test {
  const [first, second] = values.map((value) => {
    const ms = typeof value === 'string' && value.includes('T') ? Date.parse(value) : NaN;
    if (Number.isNaN(ms)) throw new BadFilter('time filters take RFC3339 values');
    return Math.floor(ms / 1000);
  });
  const seconds = (row: Row) => Math.floor(at(row) / 1000);
  if (operator === 'time_is_after') return (row) => seconds(row) > first!;
  if (operator === 'time_is_before') return (row) => seconds(row) < first!;
  if (operator === 'time_range') return (row) => seconds(row) > first! && seconds(row) < second!;
  throw new BadFilter(`invalid operator ${operator}`);
}
