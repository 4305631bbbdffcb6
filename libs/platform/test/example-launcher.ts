// For service.int.spec.ts: starts the service, tells its URL once it is ready, and waits to be killed.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const child = fork(fileURLToPath(new URL('./example-service.ts', import.meta.url)));
child.once('message', (message) => process.send?.(message));
setInterval(() => {}, 1000);
