interface Range {
  readonly type: string;
  readonly quality: number;
}

/** Whether an `Accept` header leaves room for a media type; the most specific range that fits it decides (RFC 9110). */
export function accepts(header: string, mediaType: string): boolean {
  const ranges = header.split(',').flatMap(rangeOf);
  // A header without one readable range says nothing.
  if (ranges.length === 0) return true;
  const any = `${mediaType.split('/', 1)[0]}/*`;
  for (const type of [mediaType, any, '*/*']) {
    const fits = ranges.filter((range) => range.type === type);
    if (fits.length > 0) return fits.some(({ quality }) => quality > 0);
  }
  return false;
}

/** Whether a page is asked for by name, as browsers do when they navigate. Programs such as curl take anything. */
export function asksForPage(header: string | undefined): boolean {
  return (header ?? '')
    .split(',')
    .flatMap(rangeOf)
    .some(({ type, quality }) => type === 'text/html' && quality > 0);
}

function rangeOf(text: string): Range[] {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  if (!/^[^/\s]+\/[^/\s]+$/.test(type)) return [];
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return [{ type, quality: Number.isNaN(quality) ? 1 : quality }];
}
