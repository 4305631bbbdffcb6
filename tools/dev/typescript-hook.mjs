// `node --conditions=@connections/source --import tools/dev/typescript-hook.mjs <entry.ts>` runs the sources as they
// are: Node's own type stripping knows no decorators, and a build would be one more thing to be stale.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

process.setSourceMapsEnabled(true);

// Started by fork(): the channel closes when the parent dies, in whatever way. Without this, killing a test run
// with SIGKILL would leave its services behind.
if (process.env.CONNECTIONS_PARENT_WATCH && process.channel) {
  process.once('disconnect', () => process.exit(1));
  process.channel.unref();
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts')) {
      const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(url)) return { url: url.href, format: 'module', shortCircuit: true };
    }
    return nextResolve(specifier, context);
  },
  load(url, context, nextLoad) {
    if (!url.endsWith('.ts') || !url.startsWith('file:')) return nextLoad(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      filename,
      sourceMaps: 'inline',
      swcrc: true,
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
