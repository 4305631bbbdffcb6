import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./plan.mjs').Plan} Plan */

/**
 * The new files: path below the root, and text.
 * @param {Plan} plan
 * @returns {[path: string, text: string][]}
 */
export function newFiles({ type, category, auth, name }) {
  const definition = `libs/connectors/src/${category}/${type}`;
  const standIn = `apps/sandbox/src/providers/${type}`;
  const values = {
    type,
    category,
    name: name.replaceAll("'", '’'),
    class: className(type),
    accountQuery: auth === 'handle' ? "account: '{accountId}', " : '',
    scope: auth === 'handle' ? 'app' : 'connection',
    throttleScope: auth === 'handle' ? ", scope: 'app'" : '',
    verified: auth === 'api_key' ? "\n  account: { externalId: '1001', label: 'Acme' }," : '',
  };
  /** @type {[string, string][]} */
  const files = [
    [`${definition}/${type}.ts`, `definition.${auth}`],
    [`${definition}/streams.ts`, 'streams'],
    [`${definition}/faults.ts`, 'faults'],
    [`${definition}/${type}.spec.ts`, 'spec'],
    [`${standIn}/${type}.ts`, `stand-in.${auth}`],
    [`${standIn}/routes.ts`, 'routes'],
    [`apps/puller/src/conformance/${type}.int.spec.ts`, 'conformance'],
  ];
  if (auth === 'oauth') files.push([`${standIn}/oauth.ts`, 'sign-in.oauth']);
  if (auth === 'handle') files.push([`${standIn}/bearer.ts`, 'sign-in.handle']);
  return files.map(([path, template]) => [path, filled(template, values)]);
}

/** @param {string} type */
const className = (type) => type.charAt(0).toUpperCase() + type.slice(1);

/**
 * @param {string} template
 * @param {Record<string, string>} values
 */
function filled(template, values) {
  const text = readFileSync(join(import.meta.dirname, 'templates', `${template}.ts.txt`), 'utf8');
  return text.replace(/\{\{(\w+)\}\}/g, (_all, name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${template} asks for ${name}`);
    return value;
  });
}

/**
 * Files that name every connector, with the new one's lines.
 * @param {Plan} plan
 * @param {(path: string) => string} read
 * @returns {[path: string, text: string][]}
 */
export function registrations({ type, category, auth }, read) {
  const registry = 'libs/connectors/src/registry.ts';
  const sandbox = 'apps/sandbox/src/sandbox.ts';
  const credentials = 'apps/sandbox/src/credentials.ts';
  const definition = `import { ${type} } from './${category}/${type}/${type}.js';\n`;
  const standIn = `import { ${className(type)} } from './providers/${type}/${type}.js';\n`;
  return [
    [
      registry,
      before(
        before(read(registry), /\n\/\*\* Every connector/, definition),
        /\];\n\nconst byType/,
        `  ${type},\n`,
      ),
    ],
    [
      sandbox,
      before(
        before(read(sandbox), /\nexport interface SandboxOptions/, standIn),
        / {2}\]\) \{\n/,
        `    new ${className(type)}(),\n`,
      ),
    ],
    [credentials, before(read(credentials), /\} as const;/, `  ${type}: ${credentialOf(type, auth)},\n`)],
  ];
}

/**
 * @param {string} type
 * @param {Plan['auth']} auth
 */
function credentialOf(type, auth) {
  const client = `client_id: 'sandbox-${type}-client', client_secret: 'sandbox-${type}-secret'`;
  if (auth === 'api_key') return "{ api_key: 'sandbox_1001' }";
  return auth === 'oauth'
    ? `{ ${client} }`
    : `{ handle: 'acme', bearer: 'sandbox-${type}-bearer', ${client} }`;
}

/**
 * @param {string} text
 * @param {RegExp} place
 * @param {string} lines
 */
function before(text, place, lines) {
  const found = place.exec(text);
  if (!found) throw new Error(`no place for ${lines.trim()}: ${place}`);
  return text.slice(0, found.index) + lines + text.slice(found.index);
}
