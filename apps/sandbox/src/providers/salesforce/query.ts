import { type Account, type Row } from '../account.js';
import { noSuchColumn, noSuchObject } from './errors.js';
import { type Column, objects, type SObject, type Value } from './objects.js';
import { type Condition, type Literal, type Soql } from './soql.js';

/** The rows that a query has found, in its order: fixed from then on, as a cursor of Salesforce's is. */
export interface Result {
  readonly object: SObject;
  readonly columns: readonly string[];
  readonly indexes: readonly number[];
}

export function findObject(name: string): SObject {
  const found = objects.find((object) => object.name.toLowerCase() === name.toLowerCase());
  if (!found) throw noSuchObject(name);
  return found;
}

/** Columns that whoever approved may see. */
export function visibleColumns({ columns }: SObject): [string, Column][] {
  return Object.entries(columns).filter(([, { hidden }]) => !hidden);
}

/** @param withDeleted what is in the bin, too: `queryAll` */
export function run(account: Account, soql: Soql, withDeleted: boolean): Result {
  const object = findObject(soql.object);
  const columns = new Map(
    visibleColumns(object).map(([name, column]) => [name.toLowerCase(), { name, column }]),
  );
  const columnOf = (name: string) => {
    const found = columns.get(name.toLowerCase());
    if (!found) throw noSuchColumn(name, object.name);
    return found;
  };
  const selected = soql.columns.map((name) => columnOf(name).name);
  const collection = account.collection(object.stream);
  // Objects without the column have no bin.
  const binned = withDeleted && 'IsDeleted' in object.columns ? collection.deletedRows() : [];
  const candidates = [...collection.byId(0), ...binned];
  const holds = soql.where && compile(soql.where, (name) => columnOf(name).column);
  let rows = candidates
    .map((index) => account.row(object.stream, index))
    .filter((row) => holds?.(row) ?? true);
  if (soql.orderBy.length > 0) {
    const keys = soql.orderBy.map(({ column, descending }) => ({ ...columnOf(column), descending }));
    rows = rows.sort((one, other) => {
      for (const { column, descending } of keys) {
        const order = compare(column.value(one), column.value(other));
        if (order !== 0) return descending ? -order : order;
      }
      return 0;
    });
  }
  return { object, columns: selected, indexes: rows.slice(0, soql.limit).map(({ index }) => index) };
}

function compile(condition: Condition, columnOf: (name: string) => Column): (row: Row) => boolean {
  if (condition.kind !== 'compare') {
    const parts = condition.parts.map((part) => compile(part, columnOf));
    return condition.kind === 'and'
      ? (row) => parts.every((part) => part(row))
      : (row) => parts.some((part) => part(row));
  }
  const column = columnOf(condition.column);
  const { operator, value } = condition;
  return (row) => {
    const order = against(column.value(row), value);
    switch (operator) {
      case '=':
        return order === 0;
      case '!=':
        return order !== 0;
      default:
        if (order === undefined) return false;
        return operator.startsWith('<')
          ? order < (operator === '<' ? 0 : 1)
          : order > (operator === '>' ? 0 : -1);
    }
  };
}

/** How a value stands to a literal; undefined where the two cannot be compared. */
function against(value: Value, literal: Literal): number | undefined {
  if (literal === null) return value === null ? 0 : undefined;
  if (value === null) return undefined;
  if (typeof literal === 'object') return Date.parse(String(value)) - literal.at;
  return typeof value === typeof literal ? compare(value, literal) : undefined;
}

function compare(one: Value, other: Value): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  return one < other ? -1 : 1;
}
