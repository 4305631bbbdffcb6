import { notFound } from '../refusal/refusals.js';

export { v7 as uuidv7 } from 'uuid';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const RUN_ID = /^run_[0-9a-f]{32}$/i;

/** Any 8-4-4-4-12 hex string: version and variant bits are not checked, for not all of them are set in the wild. */
export const isUuid = (text: string): boolean => UUID.test(text);

export const isRunId = (text: string): boolean => RUN_ID.test(text);

/** The id of a path in its stored form. What is no id is not found, like one that does not exist. */
export function pathId(text: string): string {
  if (!isUuid(text)) throw notFound();
  return text.toLowerCase();
}

export function pathRunId(text: string): string {
  if (!isRunId(text)) throw notFound();
  return text.toLowerCase();
}
