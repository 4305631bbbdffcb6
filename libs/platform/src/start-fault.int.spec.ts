import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

import { ConfigError } from './config.js';
import { startFault } from './start-fault.js';

async function listener() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

describe('why a service does not start', () => {
  it('a faulty environment', () => expect(startFault(new ConfigError('PORT …'))).toBe('PORT …'));

  it('a port in use', async () => {
    const { server, port } = await listener();
    const [error] = (await once(createServer().listen(port, '127.0.0.1'), 'error')) as [unknown];
    server.close();
    expect(startFault(error)).toBe(
      `Port ${port} is in use: stop what listens there, or set PORT to another one.`,
    );
  });

  it('a server that does not answer, under one address or several', async () => {
    const { server, port } = await listener();
    server.close();
    await once(server, 'close');
    const [error] = (await once(connect(port, '127.0.0.1'), 'error')) as [unknown];
    const said = new RegExp(`^Nothing answers at 127.0.0.1:${port} .*DATABASE_URL`);
    expect(startFault(error)).toMatch(said);
    expect(startFault(new AggregateError([error]))).toMatch(said);
  });

  it('a host that nobody knows', () => {
    const error = Object.assign(new Error(), {
      syscall: 'getaddrinfo',
      code: 'ENOTFOUND',
      hostname: 'nobody.invalid',
    });
    expect(startFault(error)).toContain('No host is called nobody.invalid');
  });

  it.each([new Error('a bug'), undefined, 'text'])('%s is no fault of the operator’s', (error) =>
    expect(startFault(error)).toBeUndefined(),
  );
});
