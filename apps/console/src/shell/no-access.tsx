import { ApiError } from '../api/errors';
import { Hidden, SwitchedOff } from './gates/surface-gate';

/** Whether a read was refused because Connections is switched off for the workspace, or hidden from the caller. */
export const isNoAccess = (error: unknown): error is ApiError =>
  error instanceof ApiError && (error.code === 'app_disabled' || error.code === 'surface_denied');

/** What the gate before the page says, where a read hears of it first. */
export function NoAccess({ error }: { readonly error: ApiError }) {
  return error.code === 'app_disabled' ? <SwitchedOff /> : <Hidden />;
}
