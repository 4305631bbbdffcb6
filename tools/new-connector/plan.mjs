import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '../setup/problem.mjs';

const USAGE =
  'npm run new:connector -- <type> --category <category> --auth oauth|api_key|handle [--name "Its Name"]';

/** @typedef {{ type: string, category: string, auth: 'oauth' | 'api_key' | 'handle', name: string }} Plan */

/**
 * What is to be scaffolded, or a Problem with one sentence that says what to change.
 * @param {string[]} args
 * @param {string} root the repository's
 * @returns {Plan}
 */
export function planOf(args, root) {
  const { type, category, auth, name } = read(args);
  if (!/^[a-z][a-z0-9]{1,29}$/.test(type)) {
    throw new Problem(
      `"${type}" cannot be a connector's type: 2 to 30 lower-case letters and digits, beginning with a letter.`,
    );
  }
  if (isReserved(type)) throw new Problem(`"${type}" is a word of the language: take another type.`);
  const categories = categoriesOf(root);
  if (!categories.includes(category)) {
    throw new Problem(`There is no category "${category}": take one of ${categories.join(', ')}.`);
  }
  if (auth !== 'oauth' && auth !== 'api_key' && auth !== 'handle') {
    throw new Problem(`There is no auth "${auth}": take oauth, api_key or handle.`);
  }
  if (existing(root).includes(type)) throw new Problem(`There is a connector ${type} already.`);
  return { type, category, auth, name: name || type.charAt(0).toUpperCase() + type.slice(1) };
}

/** @param {string[]} args */
function read(args) {
  try {
    const options = /** @type {const} */ ({
      category: { type: 'string', default: '' },
      auth: { type: 'string', default: '' },
      name: { type: 'string', default: '' },
    });
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length !== 1) throw new Error('one type');
    return { type: positionals[0] ?? '', ...values };
  } catch {
    throw new Problem(`Usage: ${USAGE}`);
  }
}

/** @param {string} word */
function isReserved(word) {
  try {
    new Function(`'use strict'; const ${word} = 1;`);
    return false;
  } catch {
    return true;
  }
}

/** @param {string} root */
function categoriesOf(root) {
  const source = readFileSync(join(root, 'libs/contracts/src/vocabulary.ts'), 'utf8');
  return [...(/categories = \[(.*?)\]/s.exec(source)?.[1]?.matchAll(/'(\w+)'/g) ?? [])].map(
    ([, word]) => word,
  );
}

/** Types that have a definition or a stand-in. @param {string} root */
function existing(root) {
  const definitions = join(root, 'libs/connectors/src');
  const files = readdirSync(definitions, { recursive: true }).map(String);
  const standIns = join(root, 'apps/sandbox/src/providers');
  return [
    ...files.flatMap((file) => /^\w+[/\\](\w+)(?:\.ts|[/\\].*)$/.exec(file)?.[1] ?? []),
    ...(existsSync(standIns) ? readdirSync(standIns) : []),
  ];
}
