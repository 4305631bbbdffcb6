// `npm run new:connector -- <type> --category <c> --auth <a>`: a connector that works from its first minute, against a
// stand-in of its own. docs/connectors.md says what to do with it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newFiles, registrations } from './new-connector/files.mjs';
import { planOf } from './new-connector/plan.mjs';
import { command } from './setup/command.mjs';
import { ensureInstalled, root } from './setup/install.mjs';

await command(async () => {
  await ensureInstalled();
  const plan = planOf(process.argv.slice(2), root);
  const made = newFiles(plan);
  const changed = registrations(plan, (path) => readFileSync(join(root, path), 'utf8'));
  for (const [path, text] of [...made, ...changed]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const paths = [...made, ...changed].map(([path]) => path);
  const prettier = join(root, 'node_modules/prettier/bin/prettier.cjs');
  spawnSync(process.execPath, [prettier, '--write', '--log-level=warn', ...paths], {
    cwd: root,
    stdio: 'inherit',
  });
  const { type, auth } = plan;
  const spec = `apps/puller/src/conformance/${type}.int.spec.ts`;
  const variables = { oauth: 'CLIENT_ID, CLIENT_SECRET', handle: 'BEARER_TOKEN', api_key: 'BASE_URL' }[auth];
  console.log(`Made:
${made.map(([path]) => `  ${path}`).join('\n')}
Registered in:
${changed.map(([path]) => `  ${path}`).join('\n')}

It runs against its stand-in now:
  npm run integration -- --runTestsByPath ${spec}

Left to you (docs/connectors.md):
  1. the provider's real addresses, streams and faults in the definition, and the same in the stand-in
  2. the number of connectors in the specs that count them: grep -rn 'toHaveLength(17)' apps libs
  3. ${type.toUpperCase()}_… (${variables}, …) in docs/providers.md and .env.example; the accounts in apps/sandbox/README.md
  4. npm run conformance, which makes docs/connector-conformance.md anew`);
});
