import { list, nullable, object, oneOf, text } from './json-schema.js';

const schema = { type: 'object', description: 'A JSON Schema, 2020-12.' };

export const operationsSchema = object({
  operations: list(
    object({
      id: text,
      title: text,
      description: text,
      method: oneOf(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
      path: text,
      required_scopes: list(text),
      surface: nullable(text),
      access: nullable(oneOf(['read', 'write'])),
      input_schema: schema,
      output_schema: schema,
    }),
  ),
});
