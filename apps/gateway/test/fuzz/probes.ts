import { hostileBodies, hostileHeaders, hostileTexts, hostileTypes, hostileValues } from './hostile.js';

/** An operation as the OpenAPI document describes it. */
export interface Described {
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  /** JSON Schema of the body's fields; absent where there is no body. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** A request with one thing wrong, as it goes over the wire. */
export interface Probe {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components?: { readonly schemas?: Record<string, Schema> };
}
interface Schema {
  readonly $ref?: string;
  readonly properties?: Record<string, unknown>;
}
interface Operation {
  readonly parameters?: { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> };
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

/** Every operation of an OpenAPI document. */
export function described(document: Document): Described[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, { parameters = [], requestBody }]) => ({
        method: method.toUpperCase(),
        path,
        parameters,
        ...(requestBody && {
          fields: fieldsOf(requestBody.content['application/json']?.schema ?? {}, document),
        }),
      })),
  );
}

function fieldsOf({ $ref, properties }: Schema, document: Document): Record<string, unknown> {
  const named = $ref === undefined ? undefined : document.components?.schemas?.[$ref.split('/').at(-1) ?? ''];
  return named?.properties ?? properties ?? {};
}

const json = { 'content-type': 'application/json' };

/**
 * What to ask of an operation: each parameter, field, header and the body wrong in turn, the others as in `fine` (path
 * parameters and the body's fields by name).
 */
export function* probesOf(operation: Described, fine: Readonly<Record<string, unknown>>): Generator<Probe> {
  const { method, path, parameters, fields } = operation;
  const target = (wrong?: string, value = '') =>
    path.replace(/\{(\w+)\}/g, (_, name: string) => (name === wrong ? value : String(fine[name] ?? 'x')));
  const body = fields && pick(fine, Object.keys(fields));
  const whole = { method, target: target(), headers: body ? json : {}, ...(body && { body: text(body) }) };

  for (const { name } of parameters.filter((one) => one.in === 'path')) {
    for (const value of hostileTexts) {
      yield { ...whole, target: target(name, encodeURIComponent(value.toWellFormed())) };
    }
    for (const raw of ['..', '../..', '%2e%2e', '%2e%2e%2f', '%', '%zz', '%c0%ae', ';a=b', '%00', 'x/']) {
      yield { ...whole, target: target(name, raw) };
    }
  }
  const queries = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  for (const name of [...queries, 'unknown', '__proto__', 'id']) {
    for (const value of queries.includes(name) ? hostileTexts : ['x']) {
      yield { ...whole, target: `${target()}?${name}=${encodeURIComponent(value.toWellFormed())}` };
    }
    for (const query of [`${name}`, `${name}=1&${name}=2`, `${name}[]=1`, `${name}[a]=b`, `${name}=%zz`]) {
      yield { ...whole, target: `${target()}?${query}` };
    }
  }
  for (const suffix of ['/', '//', '/..', '%2f', '?', '?&&=', '#x', '/x']) {
    yield { ...whole, target: target() + encodeHash(suffix) };
  }
  for (const headers of hostileHeaders) yield { ...whole, headers: { ...whole.headers, ...headers } };
  for (const given of hostileBodies) yield { ...whole, headers: json, body: given };
  if (!body) return;
  for (const field of Object.keys(fields)) {
    // A switch takes either; the app switched off would end the fuzz of the others.
    for (const value of hostileValues.filter((one) => typeof one !== 'boolean'))
      yield { ...whole, body: text({ ...body, [field]: value }) };
  }
  for (const type of hostileTypes) yield { ...whole, headers: { 'content-type': type } };
}

const encodeHash = (suffix: string) => suffix.replace('#', '%23');
const text = (body: unknown) => JSON.stringify(body);
const pick = (from: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(names.filter((name) => name in from).map((name) => [name, from[name]]));
