import { isDatabaseAway } from '@connections/event-store';

/** No such database, table or role: at a first start, what is read here is still being made by its owner. */
const NOT_MADE_YET = new Set(['3D000', '42P01', '22023', '42501']);

/** Whether an error of a read says "not now", as opposed to a fault of ours. */
export function isReadAway(error: unknown): boolean {
  return isDatabaseAway(error) || NOT_MADE_YET.has((error as { code?: string } | null)?.code ?? '');
}
