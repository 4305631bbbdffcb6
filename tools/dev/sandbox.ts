// The providers' stand-ins as a process of their own: what `npm start` forks beside the services.
import { endOnSignal } from '@connections/platform';
import { createSandbox, sandboxCredentials } from '@connections/sandbox';

const sandbox = await createSandbox({ port: Number(process.env.SANDBOX_PORT ?? 0) });
endOnSignal('sandbox', () => sandbox.close());
process.send?.({ ready: 'sandbox', url: sandbox.url, credentials: sandboxCredentials });
