declare global {
  interface JSON {
    /** A value that JSON.stringify writes exactly as given (V8 11.4; not in TypeScript's library yet). */
    rawJSON(text: string): object;
  }
}

/** An integer on the wire that a double cannot hold: a client that parses it as one gets another number. */
export function bigNumber(value: bigint): object {
  return JSON.rawJSON(value.toString());
}

/** 2^53 + 1, the first integer that a double cannot hold. */
export const beyondDouble = 2n ** 53n + 1n;
