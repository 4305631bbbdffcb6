/**
 * Requests in Rest.li 2.0: lists and records stand in the query with raw parentheses, commas and colons, and only what
 * is inside them is encoded. URL builders encode all of it, which LinkedIn answers with 400, so paths are written whole.
 */
export function restliPath(resource: string, parameters: Readonly<Record<string, string | number>>): string {
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return `/rest/${resource}?${query.join('&')}`;
}

export const urnOf = (organization: string): string => `urn:li:organization:${organization}`;

/** Encoded, as URNs stand in paths and queries. */
export const encodedUrn = (organization: string): string => encodeURIComponent(urnOf(organization));

export const listOf = (values: readonly string[]): string =>
  `List(${values.map(encodeURIComponent).join(',')})`;

/** Days from `start` to `end`, epoch milliseconds. */
export const daysBetween = (start: number, end: number): string =>
  `(timeRange:(start:${start},end:${end}),timeGranularityType:DAY)`;
