const SOMEWHERE = 'http://gateway.invalid';
const LONGEST = 2000;

export const DEFAULT_RETURN = '/connections';

/**
 * The path to come back to after the sign-in; undefined for what is no path of this host. Told by the parser that browsers use:
 * `//host`, `/\host` and a tab in between all lead elsewhere.
 */
export function returnPath(value: unknown): string | undefined {
  if (value === undefined) return DEFAULT_RETURN;
  if (typeof value !== 'string' || !value.startsWith('/') || value.length > LONGEST) return undefined;
  if (!URL.canParse(value, SOMEWHERE)) return undefined;
  const { origin, pathname, search, hash } = new URL(value, SOMEWHERE);
  // What begins with two slashes once it is normalised (`/.//host`) would name a host.
  return origin === SOMEWHERE && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : undefined;
}
