import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// On a clean clone there is no project graph yet, and the boundaries rule would only warn and check nothing.
process.env.NX_DAEMON ??= 'false';
await createProjectGraphAsync();

// Who may import whom: contracts ← event-sourcing ← event-store, messaging, … ← services; never service → service.
const mayImport = (sourceTag, ...onlyDependOnLibsWithTags) => ({ sourceTag, onlyDependOnLibsWithTags });
const layers = [
  mayImport('lib:contracts', 'lib:contracts'),
  mayImport('lib:event-sourcing', 'lib:contracts'),
  mayImport('lib:platform'),
  mayImport('lib:event-store', 'lib:contracts', 'lib:event-sourcing', 'lib:platform'),
  mayImport('lib:messaging', 'lib:contracts', 'lib:event-sourcing', 'lib:event-store', 'lib:platform'),
  mayImport('lib:connectors', 'lib:contracts', 'lib:platform'),
  mayImport('lib:record-store', 'lib:contracts', 'lib:event-sourcing', 'lib:platform'),
  mayImport('lib:read-model', 'lib:contracts', 'lib:event-sourcing', 'lib:event-store', 'lib:platform'),
  mayImport('lib:testing', 'scope:sandbox'),
];

// Specs may use real servers, other libraries of the house and the providers' stand-ins, but no other service.
const boundaries = (depConstraints) => [
  'error',
  // What starts the servers runs before anything is installed, so it is no project.
  { depConstraints, allow: ['../../../tools/**'], checkDynamicDependenciesExceptions: ['.*'] },
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/*.gen.ts',
      '**/.data/**',
      '**/.nx/**',
      '**/coverage/**',
      'libs/contracts/src/gen/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommended,
  { plugins: { '@nx': nx } },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A rejected promise that nobody awaits ends the process, or an acknowledged message without its effect.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Classes that only carry decorators (Nest modules) are the framework's way.
      '@typescript-eslint/no-extraneous-class': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@nx/enforce-module-boundaries': boundaries([...layers, mayImport('type:app', 'type:lib')]),
    },
  },
  {
    // The console and its tests are programs of their own: a browser's, with what only a browser has.
    files: ['apps/console/**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: { project: './apps/console/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
  {
    files: ['e2e/console/**/*.ts'],
    languageOptions: {
      parserOptions: { project: './e2e/console/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    files: ['**/*.mjs'],
    rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
  {
    // Nothing of the test house reaches production code.
    files: ['{apps,libs}/*/src/**/*.ts'],
    ignores: ['**/*.spec.ts', 'libs/testing/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@connections/testing', '@jest/*'], message: 'Tests only.' }] },
      ],
    },
  },
  {
    files: ['**/*.spec.ts', '**/test/**/*.ts', 'e2e/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries([
        mayImport('type:lib', 'type:lib'),
        mayImport('type:app', 'type:lib', 'scope:sandbox'),
      ]),
    },
  },
  {
    // Pure functions: time, ids and everything else come in as values.
    files: ['**/*.decider.ts'],
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!\\.{1,2}/|@connections/(contracts|event-sourcing)$)',
              message: 'A decider imports only contracts and event-sourcing.',
            },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        'process',
        'fetch',
        'setTimeout',
        'setInterval',
        'crypto',
        'performance',
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Time comes in as a value.',
        },
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: 'Time comes in as a value.',
        },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: 'Chance comes in as a value.',
        },
      ],
    },
  },
  prettier,
);
