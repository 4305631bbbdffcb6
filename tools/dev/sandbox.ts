// The providers' stand-ins as a process of their own: what `npm start` forks beside the services.
import { endOnSignal } from '@connections/platform';
import { createSandbox, sandboxCredentials, type Person } from '@connections/sandbox';

const people = JSON.parse(process.env.SANDBOX_PEOPLE ?? '[]') as Person[];
const sandbox = await createSandbox({ port: Number(process.env.SANDBOX_PORT ?? 0), people });
endOnSignal('sandbox', () => sandbox.close());
process.send?.({ ready: 'sandbox', url: sandbox.url, credentials: sandboxCredentials });
