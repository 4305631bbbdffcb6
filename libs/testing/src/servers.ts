function given(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: only integration and e2e specs have servers (see jest.config.mjs)`);
  return value;
}

/** The PostgreSQL that all suites of this Jest run have in common, started by Jest's global setup. */
export function startPostgres(): { url: string } {
  return { url: given('TEST_DATABASE_URL') };
}

/** The nats-server with JetStream that all suites of this Jest run have in common; streams are shared too. */
export function startNats(): { url: string } {
  return { url: given('TEST_NATS_URL') };
}

/** A directory of this Jest run, removed with it. */
export function runDirectory(): string {
  return given('TEST_DIR');
}

/** Path of the nats-server binary. */
export function natsServerBinary(): string {
  return given('TEST_NATS_BINARY');
}
