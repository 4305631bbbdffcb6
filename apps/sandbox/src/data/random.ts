/**
 * Values that depend on nothing but their coordinates (seed, row, field), so that row 900,000 can be made
 * without making the 899,999 before it, and is the same row in every process.
 */

/** FNV-1a of a text, as the seed of a stream: `seedOf('hubspot', '4711001', 'contacts')`. */
export function seedOf(...parts: string[]): number {
  let hash = 0x811c9dc5;
  for (const character of parts.join('\u0000')) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  return hash >>> 0;
}

/** A 32-bit number for (seed, row, field). */
export function hash(seed: number, row: number, field: number): number {
  // Rows beyond 2^32 (time slots may be large) would otherwise collapse: fold the high part in.
  let h =
    seed ^
    Math.imul((row | 0) + 0x9e3779b9, 0x85ebca6b) ^
    Math.imul(Math.floor(row / 2 ** 32) + 1, 0x27d4eb2f);
  h ^= Math.imul(field + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Reads the fields of one row: each call names its field, so adding one field changes no other. */
export class Fields {
  constructor(
    private readonly seed: number,
    private readonly row: number,
  ) {}

  /** An integer in [0, below). */
  int(field: number, below: number): number {
    return hash(this.seed, this.row, field) % below;
  }

  pick<T>(field: number, from: readonly T[]): T {
    return from[hash(this.seed, this.row, field) % from.length]!;
  }

  /** True in `percent` of the rows. */
  chance(field: number, percent: number): boolean {
    return hash(this.seed, this.row, field) % 100 < percent;
  }

  /** `digits` lower-case hexadecimal characters. */
  hex(field: number, digits: number): string {
    let text = '';
    for (let part = 0; text.length < digits; part++) {
      text += hash(this.seed, this.row, field * 64 + part + 1000)
        .toString(16)
        .padStart(8, '0');
    }
    return text.slice(0, digits);
  }

  /** A version 4 UUID. */
  uuid(field: number): string {
    const h = this.hex(field, 32);
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
  }
}
