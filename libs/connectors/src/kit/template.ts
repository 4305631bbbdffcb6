import type { CursorDefinition, Pass, TokenCursor, Walk } from './stream.js';
import type { ProviderRequest } from './definition.js';

const placeholder = /\{(\w+)\}/g;

/** A walk's request without its page. Parameters whose placeholder has no value are left out. */
export function fillRequest(
  walk: Walk,
  pass: Pass,
  cursor: CursorDefinition | TokenCursor | undefined,
): ProviderRequest {
  const values: Record<string, string | undefined> = {
    accountId: encodeURIComponent(pass.account.externalId),
    since: pass.since === undefined ? undefined : formatCursor(pass.since, cursor, Math.floor),
    upper: formatCursor(pass.upper, cursor, Math.ceil),
  };
  const query: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(walk.query ?? {})) {
    const filled = typeof value === 'string' ? fill(value, values) : value;
    if (filled !== undefined) query[name] = filled;
  }
  const path = fill(walk.path, values);
  if (path === undefined) throw new Error(`the path of ${walk.name} needs a value that this pass has not`);
  return { path, query };
}

/**
 * A cursor value as the provider wants to read it. Pipedrive answers 400 to fractional seconds: the lower bound is
 * rounded down and the upper one up, so that what changed within the last second is not left out.
 */
function formatCursor(
  value: string,
  cursor: CursorDefinition | TokenCursor | undefined,
  round: (seconds: number) => number,
): string {
  switch (cursor?.kind === 'token' ? undefined : cursor?.format) {
    case 'rfc3339_seconds':
      return `${new Date(round(Date.parse(value) / 1000) * 1000).toISOString().slice(0, 19)}Z`;
    case 'epoch_ms':
      return String(Date.parse(value));
    default:
      return value;
  }
}

function fill(template: string, values: Record<string, string | undefined>): string | undefined {
  let known = true;
  const filled = template.replace(placeholder, (_match, name: string) => {
    const value = values[name];
    if (value === undefined) known = false;
    return value ?? '';
  });
  return known ? filled : undefined;
}
