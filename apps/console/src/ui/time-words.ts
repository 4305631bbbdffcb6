const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const relativeFormat = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const absoluteFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'medium' });
const clockFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const longDayAndClockFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const dayAndClockFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['week', 7 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', SECOND],
];

/** “3 hr. ago”, “in 5 min.”, “just now”; both in epoch milliseconds. */
export function relative(time: number, now: number): string {
  const difference = time - now;
  // A server's clock may be a little ahead of this one.
  if (Math.abs(difference) < 5 * SECOND) return 'just now';
  for (const [unit, length] of units) {
    if (Math.abs(difference) >= length || unit === 'second')
      return relativeFormat.format(Math.trunc(difference / length), unit).replaceAll('.', '');
  }
  return 'just now';
}

/** Date and time as written out, in the reader's time zone. */
export const absolute = (at: string): string => absoluteFormat.format(new Date(at));

/** “14:05”, with the day before it where that is another one than today. */
export function clock(at: string, now = new Date()): string {
  const date = new Date(at);
  const sameDay = date.toDateString() === now.toDateString();
  return (sameDay ? clockFormat : dayAndClockFormat).format(date);
}

/** “12 Jun 2026”. */
export const day = (at: string | number): string => dayFormat.format(new Date(at));

/** “12 Jun 2026, 14:05”. */
export const dayAndClock = (at: string): string => longDayAndClockFormat.format(new Date(at));

/** “850 ms”, “4.2 s”, “4:05 min”, “2 h 10 min”, “3 d 4 h”. */
export function duration(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR)
    return `${Math.floor(ms / MINUTE)}:${String(Math.floor((ms % MINUTE) / SECOND)).padStart(2, '0')} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
  return `${Math.floor(ms / DAY)} d ${Math.floor((ms % DAY) / HOUR)} h`;
}

const intervalWords: Readonly<Record<string, string>> = {
  '1m': 'every minute',
  '10m': 'every 10 minutes',
  '30m': 'every 30 minutes',
  '1h': 'every hour',
  '6h': 'every 6 hours',
  '1d': 'every day',
};

/** A cadence's preset in words: “every hour”. */
export const everyInterval = (preset: string): string => intervalWords[preset] ?? `every ${preset}`;
