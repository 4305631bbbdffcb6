import { Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';

import { GatewayConfig } from '../config.js';

const WINDOW_MS = 60_000;
const MOST_ADDRESSES = 10_000;

interface Window {
  readonly endsAt: number;
  count: number;
}

/**
 * Requests that nobody answers for, by the address that they came from: a flood of made-up keys must not become a flood of
 * look-ups. Per gateway, since it guards what this gateway would ask.
 */
@Injectable()
export class Strangers {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly config: GatewayConfig) {}

  count(address: string): void {
    const now = performance.now();
    const network = networkOf(address);
    const window = this.windows.get(network);
    if (window && now < window.endsAt) return void window.count++;
    // Put last: what is oldest is first, and goes first.
    this.windows.delete(network);
    this.windows.set(network, { count: 1, endsAt: now + WINDOW_MS });
    if (this.windows.size > MOST_ADDRESSES) this.windows.delete(this.windows.keys().next().value ?? '');
  }

  /** Whole seconds until the address may ask again; 0 while it may. */
  wait(address: string): number {
    if (this.windows.size === 0) return 0;
    const window = this.windows.get(networkOf(address));
    const leftMs =
      window && window.count >= this.config.strangerLimitPerMinute ? window.endsAt - performance.now() : 0;
    return Math.max(0, Math.ceil(leftMs / 1000));
  }
}

/** An IPv6 customer has a whole /64 to ask from. */
function networkOf(address: string): string {
  if (!address.includes(':') || !ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6' ? (parsed as ipaddr.IPv6).parts.slice(0, 4).join(':') : parsed.toString();
}
