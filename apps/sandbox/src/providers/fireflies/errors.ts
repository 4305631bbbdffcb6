import { type Refusal } from '../provider.js';

/**
 * An error in GraphQL's envelope.
 * @param wire the HTTP status sent
 * @param meant the one that `extensions.status` names
 */
export function graphqlError(
  wire: number,
  code: string | undefined,
  meant: number,
  message: string,
  metadata: object = {},
): Refusal {
  const error = {
    message,
    ...(code !== undefined && { code, friendly: true }),
    extensions: {
      ...(code === undefined ? { code: 'GRAPHQL_VALIDATION_FAILED' } : { code, status: meant, metadata }),
    },
  };
  return { status: wire, body: { errors: [error], data: null } };
}
