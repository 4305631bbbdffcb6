import { v7 as uuid } from 'uuid';

/** `run_` and a UUIDv7 without dashes: sorts by time. */
export const newRunId = (): string => `run_${uuid().replaceAll('-', '')}`;
