import { getMetadataStorage, validateSync } from 'class-validator';

import { MalformedBody } from '../http/gateway-adapter.js';
import type { FieldFault } from '../refusal/refusals.js';

export type Shape = new () => object;

/** A request that takes nothing. */
export class Nothing {}

/** Outcome of reading a part of a request: the filled DTO, or what is wrong with it by field. */
export interface Shaped {
  readonly value: object;
  readonly faults: readonly FieldFault[];
}

/** Reads a JSON body into a DTO. No body counts as an empty one. */
export function shapeBody(shape: Shape, body: unknown): Shaped {
  const at = (message: string): Shaped => ({ value: {}, faults: [{ path: '', message }] });
  if (body instanceof MalformedBody) return at('is not valid JSON, or nested too deep');
  if (body === undefined) return fill(shape, {}, '');
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return at('must be a JSON object');
  return fill(shape, body, 'is not a field of this request');
}

/** Valid queries by their text: who polls asks the same again, and checking it was a tenth of a cached read. */
const valid = new WeakMap<Shape, Map<string, Shaped>>();
const MOST_QUERIES = 1000;
const LONGEST_QUERY = 500;

/** Reads query parameters into a DTO; values are strings. The DTO is frozen: others may be given the same one. */
export function shapeQuery(shape: Shape, query: object): Shaped {
  const known = valid.get(shape) ?? new Map<string, Shaped>();
  const text = JSON.stringify(query);
  const cached = known.get(text);
  if (cached) return cached;
  const shaped = fill(shape, query, 'is not a query parameter of this route');
  if (shaped.faults.length > 0 || text.length > LONGEST_QUERY) return shaped;
  if (known.size >= MOST_QUERIES) known.clear();
  Object.freeze(shaped.value);
  valid.set(shape, known.set(text, shaped));
  return shaped;
}

function fill(shape: Shape, input: object, unknownMessage: string): Shaped {
  const known = fieldsOf(shape);
  const value = new shape();
  const faults: FieldFault[] = [];
  for (const [path, given] of Object.entries(input)) {
    if (known.has(path)) Reflect.set(value, path, given);
    else faults.push({ path, message: unknownMessage });
  }
  // class-validator takes a class without rules for a mistake
  if (known.size === 0) return { value, faults };
  for (const { property, constraints } of validateSync(value, { stopAtFirstError: true })) {
    const [message = 'is not valid'] = Object.values(constraints ?? {});
    faults.push({ path: property, message: message.replace(`${property} `, '') });
  }
  return { value, faults };
}

const fields = new WeakMap<Shape, ReadonlySet<string>>();

function fieldsOf(shape: Shape): ReadonlySet<string> {
  const cached = fields.get(shape);
  if (cached) return cached;
  const rules = getMetadataStorage().getTargetValidationMetadatas(shape, '', true, false);
  const names = new Set(rules.map(({ propertyName }) => propertyName));
  fields.set(shape, names);
  return names;
}
