/**
 * Starts the providers' stand-ins. Imported when called: only suites that talk to providers need the sandbox.
 */
export async function launchSandbox(options: Record<string, unknown> = {}) {
  const { createSandbox } = await import('@connections/sandbox');
  return createSandbox(options);
}
