/** A time as the API shows it: UTC, whole seconds, `Z`. Null stays null. */
export function wireTime(at: Date | string | number): string;
export function wireTime(at: Date | string | number | null): string | null;
export function wireTime(at: Date | string | number | null): string | null {
  return at === null ? null : `${new Date(at).toISOString().slice(0, 19)}Z`;
}
