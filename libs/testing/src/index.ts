export { Browser } from './browser.js';
export { eventually } from './eventually.js';
export { createDatabase, type TestDatabase } from './database.js';
export { createNats, type TestNats } from './nats.js';
export { createPostgres, type TestPostgres } from './postgres.js';
export { startNats, startPostgres } from './servers.js';
export { spawnService, type ServiceProcess, type SpawnOptions } from './service-process.js';
export { launchSandbox } from './sandbox.js';
export { freePort } from '../../../tools/setup/ports.mjs';
