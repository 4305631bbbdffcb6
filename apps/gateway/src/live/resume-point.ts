/** Where a subscriber stands: a version of the workspace, and when it was told (epoch milliseconds). */
export interface ResumePoint {
  readonly version: number;
  /** Some changes are made by time alone and have no version. */
  readonly at: number;
}

/** The `id` of a server-sent event. */
export const eventId = ({ version, at }: ResumePoint): string => `${version}-${at}`;

/** Reads a `Last-Event-ID`; undefined for anything that {@link eventId} did not write. */
export function resumePoint(lastEventId: string): ResumePoint | undefined {
  const [, version, at] = /^(\d{1,15})-(\d{1,15})$/.exec(lastEventId) ?? [];
  return version === undefined || at === undefined ? undefined : { version: Number(version), at: Number(at) };
}
