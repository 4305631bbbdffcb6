import { gateOf, refusalOf } from './gates.js';

const caller = (level: string, on = true, scopes = ['connections:read']) => ({
  scopes,
  surfaces: { connections: level },
  apps: { connections: on },
});
const read = { surface: 'connections', access: 'read' } as const;
const write = { surface: 'connections', access: 'write' } as const;

describe('the gate of an operation', () => {
  it.each([
    ['GET', 'connections', read],
    ['GET', 'connections/:id/status', read],
    ['POST', 'connections', write],
    ['DELETE', 'connections/:id', write],
    ['PUT', 'settings/apps/connections', null],
    ['GET', 'me', null],
  ] as const)('%s %s', (method, path, gate) => expect(gateOf({ method, path })).toEqual(gate));
});

describe('a caller', () => {
  it.each([
    ['with everything', caller('write'), read, undefined],
    ['who may read, reading', caller('read'), read, undefined],
    ['who may read, writing', caller('read'), write, 'surface_denied'],
    ['from whom it is hidden', caller('hidden'), read, 'surface_denied'],
    ['with a level of a newer release', caller('admin'), read, 'surface_denied'],
    ['without an answer about the surface', { ...caller('write'), surfaces: {} }, read, 'surface_denied'],
    ['without the scope', caller('write', true, []), read, 'missing_scope'],
    ['with the app off, whatever else is missing', caller('hidden', false, []), write, 'app_disabled'],
    ['without surface and scope', caller('hidden', true, []), read, 'surface_denied'],
    ['of what has no gate', caller('hidden', false), null, undefined],
  ])('%s', (_who, who, gate, code) => expect(refusalOf('connections:read', gate, who)?.code).toBe(code));

  it('is told what is needed and what they have', () => {
    expect(refusalOf('connections:read', write, caller('read'))?.details).toEqual({
      surface: 'connections',
      required: 'write',
      held: 'read',
    });
  });
});
