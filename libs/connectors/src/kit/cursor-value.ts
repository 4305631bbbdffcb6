import type { CursorDefinition, Row, TokenCursor } from './stream.js';
import { textAt } from './value-at.js';

/** The larger of a row's cursor value and `seen`, in the cursor's stored form; `seen` where the row has none. */
export function largestSeen(
  row: Row,
  cursor: CursorDefinition,
  seen: string | undefined,
): string | undefined {
  const raw = textAt(row, cursor.field);
  if (raw === undefined) return seen;
  const value = cursor.kind === 'time' ? asInstant(raw) : raw;
  if (value === undefined) return seen;
  return seen === undefined || isLarger(value, seen, cursor) ? value : seen;
}

/** The watermark after a pass that ran to its end. */
export function advancedWatermark(
  cursor: CursorDefinition | TokenCursor,
  pass: { readonly upper: string; readonly seen?: string },
  previous: string | undefined,
): string | undefined {
  if (cursor.kind === 'token') return pass.seen ?? previous;
  if (cursor.kind === 'time') {
    if (cursor.advance === 'upper') return pass.upper;
    // Rows changed while a full read went on carry times after its start; others changed before them unseen.
    const seen = pass.seen !== undefined && pass.seen > pass.upper ? pass.upper : pass.seen;
    return seen ?? previous;
  }
  if (pass.seen === undefined) return previous;
  return previous !== undefined && isLarger(previous, pass.seen, cursor) ? previous : pass.seen;
}

/** Where the next pass reads from: the watermark less the overlap. */
export function sinceOf(cursor: CursorDefinition | TokenCursor, watermark: string): string {
  if (cursor.kind !== 'time') return watermark;
  return new Date(Date.parse(watermark) - cursor.overlapSeconds * 1000).toISOString();
}

function isLarger(one: string, other: string, cursor: CursorDefinition): boolean {
  // Ids exceed 2^53 and differ in length: neither numbers nor text compare them rightly.
  return cursor.kind === 'id' ? BigInt(one) > BigInt(other) : one > other;
}

/** ISO 8601 with milliseconds. `2026-05-01 08:00:00` (Pipedrive v1) is UTC, which `Date` would read as local time. */
function asInstant(text: string): string | undefined {
  const iso = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}Z` : text;
  const time = Date.parse(iso);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
