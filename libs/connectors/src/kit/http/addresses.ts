import ipaddr from 'ipaddr.js';

/** Ranges that a call may go to; development also reaches stand-ins on this machine and its networks. */
const development = new Set(['unicast', 'loopback', 'private', 'uniqueLocal']);

/**
 * Whether a call may go to this IP address. In production only public ones: a host name under a provider's (or an
 * attacker's) control must not make us read our own network or a cloud's metadata service.
 */
export function isAllowedAddress(address: string, production: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  const range = ipaddr.process(address).range();
  return production ? range === 'unicast' : development.has(range);
}
