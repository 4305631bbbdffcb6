import { globSync, readFileSync } from 'node:fs';

const page = readFileSync('docs/configuration.md', 'utf8');

/** The variables that the services' configuration classes read, told by their properties. */
const variables = [...globSync('apps/*/src/config.ts'), 'libs/platform/src/config.ts'].flatMap((file) =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /^ {2}(?!override name)(?:override )?(\w+)\??(?:: [\w[\]]+)?(?: = .+)?;$/gm,
    ),
  ].map(([, property = '']) => property.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()),
);

it('finds the variables', () =>
  expect(variables).toEqual(expect.arrayContaining(['PORT', 'CORS_ORIGINS', 'VAULT_KEYS', 'RETRY_MS'])));

it.each(variables.filter((name) => !name.endsWith('DATABASE_URL')))('%s is explained', (name) =>
  expect(page).toMatch(new RegExp(`\`([A-Z]+_)?${name}\``)),
);
