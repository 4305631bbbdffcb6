const profileUrl = /^(?:https?:\/\/)?(?:www\.|mobile\.)?(?:x|twitter)\.com\/@?([^/?#]+)\/?(?:[?#].*)?$/i;

/** `@Acme`, `acme` and `https://x.com/Acme` are one; undefined for what cannot be a handle. */
export function normaliseHandle(input: string): string | undefined {
  const text = input.trim();
  const name = profileUrl.exec(text)?.[1] ?? text.replace(/^@/, '');
  return /^\w{1,15}$/.test(name) ? name.toLowerCase() : undefined;
}
