const format = new Intl.NumberFormat('en');
const compactFormat = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A number with separators; “not known” for null, never 0. */
export const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? 'not known' : format.format(value);

/** “12.4K”, for places with little room; “not known” for null. */
export const compactCount = (value: number | null | undefined): string =>
  value === null || value === undefined ? 'not known' : compactFormat.format(value);

/** “1 stream”, “8 streams”. */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${format.format(value)} ${value === 1 ? one : many}`;
