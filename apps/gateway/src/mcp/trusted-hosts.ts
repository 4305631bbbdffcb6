import { DomainError } from '@connections/event-sourcing';
import {
  localhostAllowedHostnames,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';
import type { IncomingHttpHeaders } from 'node:http';

import type { GatewayConfig } from '../config.js';

/** Names under which this gateway may be called, and from whose pages. */
export function trustedHosts({ publicUrl, consoleUrl }: GatewayConfig): string[] {
  const ours = [publicUrl, consoleUrl].filter((url) => url !== undefined).map((url) => new URL(url).hostname);
  return [...localhostAllowedHostnames(), ...ours];
}

/**
 * Refuses a browser's page of anybody else, also one that has made its own name point here (DNS rebinding). Clients
 * that are no browsers send no `Origin`.
 */
export function refuseForeignOrigin({ host, origin }: IncomingHttpHeaders, trusted: readonly string[]): void {
  const names = [...trusted];
  if (validateHostHeader(host, names).ok && validateOriginHeader(origin, names).ok) return;
  throw new DomainError(
    'origin_not_allowed',
    'Pages of this origin, or requests to this host, are not served here. Call the API’s own address.',
  );
}
