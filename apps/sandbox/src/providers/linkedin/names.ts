/**
 * Page names and ids are the same thing written twice, so that an id stored yesterday still names its page in a sandbox
 * started today. `acme` is 2414183; any other name of up to nine characters has an id too. Names that begin with `missing`,
 * and longer ones, belong to nobody; pages `foreign…` exist, and the platform's member has no role on them.
 */
const seeded = { name: 'acme', id: '2414183' } as const;
const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789-';
const base = alphabet.length;
const offset = 100_000_000;
const longest = 9;

export const seededPage: string = seeded.id;

/** The id behind a page's name, or undefined when nobody has it. */
export function idOf(name: string): string | undefined {
  const text = name.toLowerCase();
  if (text === seeded.name) return seeded.id;
  if (text.length > longest || /^missing/.test(text) || !/^[a-z0-9-]+$/.test(text)) return undefined;
  let number = 0;
  // Bijective: digits run from 1, so that `a` and `aa` differ. Nine of them stay below 2^53.
  for (const character of text) number = number * base + alphabet.indexOf(character) + 1;
  return String(offset + number);
}

/** The name of the page with this id, or undefined when there is none. */
export function nameOf(id: string): string | undefined {
  if (id === seeded.id) return seeded.name;
  if (!/^[1-9]\d{0,15}$/.test(id) || Number(id) <= offset) return undefined;
  let name = '';
  for (let number = Number(id) - offset; number > 0;) {
    const digit = number % base === 0 ? base : number % base;
    name = alphabet[digit - 1]! + name;
    number = (number - digit) / base;
  }
  return idOf(name) === id ? name : undefined;
}

/** The id of the page that an address is about: by its URN, in a lookup's list, or by its name. */
export function pageIn(url: string): string | undefined {
  const [, byUrn, listed, name] =
    /organization(?:%3A|:)(\d+)|[?&]ids=List\((\d+)|[?&]vanityName=([^&]*)/i.exec(url) ?? [];
  return byUrn ?? listed ?? (name === undefined ? undefined : idOf(decoded(name)));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const isAdministered = (id: string): boolean => !nameOf(id)?.startsWith('foreign');
