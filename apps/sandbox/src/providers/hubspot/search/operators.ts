import { type ObjectRow, type ObjectType } from '../objects/object-type.js';

/** Thrown for what HubSpot answers with a 400 VALIDATION_ERROR. */
export class InvalidSearch extends Error {
  override readonly name = 'InvalidSearch';
}

export interface Filter {
  propertyName?: string;
  operator?: string;
  value?: string | number;
  highValue?: string | number;
  values?: (string | number)[];
}

/** Whether a row meets one condition. Ids compare as texts, other numbers and times by value. */
export function matches(filter: Filter, type: ObjectType, row: ObjectRow): boolean {
  const name = filter.propertyName!;
  const actual = type.properties[name]?.(row) ?? null;
  const compare = (wanted: unknown) => compareValues(name, actual, String(wanted));
  const holds = (test: (order: number) => boolean) => actual !== null && test(compare(filter.value));
  switch (filter.operator) {
    case 'EQ':
      return holds((order) => order === 0);
    case 'NEQ':
      return actual === null || compare(filter.value) !== 0;
    case 'LT':
      return holds((order) => order < 0);
    case 'LTE':
      return holds((order) => order <= 0);
    case 'GT':
      return holds((order) => order > 0);
    case 'GTE':
      return holds((order) => order >= 0);
    case 'BETWEEN':
      return holds((order) => order >= 0) && compare(filter.highValue) <= 0;
    case 'IN':
      return actual !== null && (filter.values ?? []).some((value) => compare(value) === 0);
    case 'NOT_IN':
      return actual === null || !(filter.values ?? []).some((value) => compare(value) === 0);
    case 'HAS_PROPERTY':
      return actual !== null;
    case 'NOT_HAS_PROPERTY':
      return actual === null;
    case 'CONTAINS_TOKEN':
      return actual !== null && contains(actual, filter.value);
    case 'NOT_CONTAINS_TOKEN':
      return actual === null || !contains(actual, filter.value);
    default:
      throw new InvalidSearch(`Unknown operator: ${filter.operator}`);
  }
}

export function compareValues(name: string, a: string | null, b: string): number {
  if (a === null) return -1;
  const [left, right] = name === 'hs_object_id' ? [a, b] : [comparable(a), comparable(b)];
  if (typeof left === typeof right) return left < right ? -1 : left > right ? 1 : 0;
  return a < b ? -1 : a > b ? 1 : 0;
}

function comparable(text: string): number | string {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : text.toLowerCase();
}

function contains(actual: string, token: unknown): boolean {
  return actual.toLowerCase().includes(
    String(token ?? '')
      .replaceAll('*', '')
      .toLowerCase(),
  );
}
