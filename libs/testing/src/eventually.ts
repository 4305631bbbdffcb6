/**
 * Calls `attempt` until it neither throws nor answers `false` or `null`, and resolves with its answer. After `timeoutMs` it rejects
 * with the last error, so that a failed expectation inside is what the report shows.
 */
export async function eventually<T>(
  attempt: () => T | Promise<T>,
  { timeoutMs = 10_000, intervalMs = 25 }: { timeoutMs?: number; intervalMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let failure: unknown;
    try {
      const answer = await attempt();
      if (answer !== false && answer !== null) return answer;
      failure = new Error(`eventually: still ${String(answer)} after ${timeoutMs} ms`);
    } catch (error) {
      failure = error;
    }
    if (Date.now() >= deadline) throw failure;
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}
