import { type FastifyRequest } from 'fastify';
import { type Tokens } from './tokens.js';

type Given = Record<string, string | undefined>;

/**
 * Whose account a request for consent or tokens is about: as the consent page names it, else by the code or the token that
 * it brings, in the query, in the body, in the path or as a bearer. Undefined where nothing of that is there.
 */
export function signInAccount(request: FastifyRequest, tokens: Tokens): string | undefined {
  const given = { ...(request.query as Given), ...(request.body as Given | null | undefined) };
  const { token: inPath, hub } = request.params as Given;
  if (given.sandbox_account ?? hub) return given.sandbox_account ?? hub;
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  for (const text of [given.code, given.refresh_token, given.token, inPath, bearer]) {
    const account = typeof text === 'string' ? tokens.accountOf(text) : undefined;
    if (account !== undefined) return account;
  }
  return undefined;
}
