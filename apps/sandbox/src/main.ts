import { createSandbox } from './sandbox.js';
import { type Person } from './sign-in/people.js';

const port = Number(process.env.SANDBOX_PORT ?? 0);
const people = JSON.parse(process.env.SANDBOX_PEOPLE ?? '[]') as Person[];
const sandbox = await createSandbox({ port, people }).catch((error: unknown) => {
  const reason =
    (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? `port ${port} is in use` : String(error);
  process.stderr.write(`The sandbox cannot start: ${reason}; set SANDBOX_PORT to a free port.\n`);
  process.exit(1);
});
process.stdout.write(`${JSON.stringify({ level: 'info', msg: 'sandbox listening', url: sandbox.url })}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
