/**
 * When the untouched rows of a stream were last modified: row 0 at `start`, each next one `stepS` seconds
 * later, whole seconds, in the order of the rows. So a window of time is a range of rows, found in constant
 * time in a million of them.
 *
 * A plateau is a bulk edit: `plateau.rows` rows, from row `plateau.from` of every 50,000, that bear the same
 * instant. It is longer than HubSpot's search ceiling, so splitting a window by time alone cannot get past it.
 */
export class Timeline {
  constructor(
    private readonly startMs: number,
    private readonly stepS: number,
    private readonly plateau?: { from: number; rows: number },
  ) {}

  /** Epoch milliseconds of row `index`; negative indexes lie before `start`. */
  at(index: number): number {
    return this.startMs + this.level(index) * this.stepS * 1000;
  }

  /** The first row in [0, size] that was modified at `ms` or later (`size` when there is none). */
  firstAtOrAfter(ms: number, size: number): number {
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private level(index: number): number {
    if (!this.plateau) return index;
    const within = ((index % 50_000) + 50_000) % 50_000;
    const { from, rows } = this.plateau;
    return within > from && within < from + rows ? index - (within - from) : index;
  }
}

/** 2023-01-01: with a step of 40 s a million rows end in April 2024, safely before any test runs. */
export const dataStart = Date.UTC(2023, 0, 1, 8);
