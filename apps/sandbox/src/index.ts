export { sandboxCredentials } from './credentials.js';
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.js';
