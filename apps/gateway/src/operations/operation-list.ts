import type { OpenAPIObject } from '@nestjs/swagger';

import { gateOf } from '../access/gates.js';
import type { JsonSchema } from './json-schema.js';
import { API, type OperationOptions } from './operation.js';

/** An operation as `GET /operations` describes it. */
export interface OperationEntry {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly method: string;
  readonly path: string;
  readonly required_scopes: readonly string[];
  readonly surface: string | null;
  readonly access: string | null;
  readonly input_schema: JsonSchema;
  readonly output_schema: JsonSchema;
}

interface Described {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: JsonSchema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
}

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** Describes an operation by its declaration, and its input by what the API's document has made of it. */
export function describeOperation(options: OperationOptions, document: OpenAPIObject): OperationEntry {
  const { id, method, path, scope, summary, answer = {} } = options;
  const gate = gateOf(options);
  const needs = scope === null ? 'Any caller may call it.' : `Needs the scope ${scope}.`;
  return {
    id,
    title: summary,
    description: gate
      ? `${summary}. ${needs} Needs ${gate.access} access to the surface ${gate.surface}.`
      : `${summary}. ${needs}`,
    method,
    path: `/${API}/${path}`,
    required_scopes: scope === null ? [] : [scope],
    surface: gate?.surface ?? null,
    access: gate?.access ?? null,
    input_schema: inputSchema(described(options, document), document),
    output_schema: { $schema: DIALECT, ...answer },
  };
}

function described({ method, path }: OperationOptions, document: OpenAPIObject): Described {
  const template = `/${API}/${path.replaceAll(/:(\w+)/g, '{$1}')}`;
  const operation = document.paths[template]?.[method.toLowerCase() as 'get'];
  if (!operation) throw new Error(`${method} ${path} is not in the API's document`);
  return operation as unknown as Described;
}

/** Names of path, query and body side by side in one object, each with where it belongs. */
function inputSchema({ parameters = [], requestBody }: Described, document: OpenAPIObject): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const { name, in: place, schema, description, ...parameter } of parameters) {
    if (place === 'header') continue;
    properties[name] = { ...schema, ...(description !== undefined && { description }), 'x-in': place };
    if (parameter.required) required.push(name);
  }
  const body = resolved(requestBody?.content['application/json']?.schema, document);
  for (const [name, schema] of Object.entries((body?.properties ?? {}) as Record<string, JsonSchema>)) {
    properties[name] = { ...schema, 'x-in': 'body' };
  }
  required.push(...((body?.required ?? []) as string[]));
  return { $schema: DIALECT, type: 'object', properties, required, additionalProperties: false };
}

function resolved(schema: JsonSchema | undefined, document: OpenAPIObject): JsonSchema | undefined {
  const name = typeof schema?.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
  return name === undefined ? schema : (document.components?.schemas?.[name] as JsonSchema | undefined);
}
