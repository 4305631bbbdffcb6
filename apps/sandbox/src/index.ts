export { sandboxCredentials } from './credentials.js';
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.js';
export { type Person } from './sign-in/people.js';
