import { createSandbox } from './sandbox.js';

const sandbox = await createSandbox({ port: Number(process.env.SANDBOX_PORT ?? 0) });
process.stdout.write(`${JSON.stringify({ level: 'info', msg: 'sandbox listening', url: sandbox.url })}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
