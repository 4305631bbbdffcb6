import { rmSync } from 'node:fs';

export default async function globalTeardown() {
  const { connectionsTestStops, connectionsTestDir } = /** @type {any} */ (globalThis);
  for (const stop of connectionsTestStops) await stop();
  rmSync(connectionsTestDir, { recursive: true, force: true });
}
