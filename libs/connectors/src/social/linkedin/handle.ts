import { ProviderError } from '../../kit/definition.js';

const pageUrl = /^(?:https?:\/\/)?(?:[a-z]{2,3}\.)?linkedin\.com\/([a-z-]+)\/([^/?#]+)/i;
const pathOnly = /^\/?(company|school|showcase|in|pub)\/([^/?#]+)\/?$/i;

/** What stands before a page's name. `/in/` and `/pub/` are people, whom no API resolves. */
const pages = ['company', 'school', 'showcase'];
const people = ['in', 'pub'];

/**
 * `acme`, `@Acme`, `company/acme` and `https://www.linkedin.com/company/acme/posts/` are one; undefined for what cannot
 * be a page's name. Digits alone are a page's id, as its administrators see it in their browser.
 * @throws ProviderError handle_unsupported for a person's profile
 */
export function normaliseHandle(input: string): string | undefined {
  const text = input.trim();
  const [, kind, named] = pageUrl.exec(text) ?? pathOnly.exec(text) ?? [];
  if (kind !== undefined && people.includes(kind.toLowerCase())) {
    throw new ProviderError({ kind: 'handle_unsupported', note: 'a person' });
  }
  if (kind !== undefined && !pages.includes(kind.toLowerCase())) return undefined;
  const name = decoded(named ?? text.replace(/^@/, ''));
  return name !== undefined && /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._&'’-]{0,99}$/u.test(name)
    ? name.toLowerCase()
    : undefined;
}

/** Names in other alphabets are percent-encoded in the browser's address. */
function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
