import { channel } from 'node:diagnostics_channel';

/** Published between any two steps that must survive a crash between them: where the proofs kill the process. */
export const STEPS = 'connections:step';

export type Step =
  | 'rpc:received'
  | 'rpc:answering'
  | 'relay:taken'
  | 'relay:published'
  | 'relay:settled'
  | 'relay:rollback-found'
  | 'relay:refilled'
  | 'consumer:received'
  | 'consumer:advanced'
  | 'consumer:handled'
  | 'consumer:committed'
  | 'consumer:acknowledged'
  | 'consumer:rollback-found'
  | 'consumer:recreated'
  | 'consumer:caught-up';

const steps = channel(STEPS);

export function reached(step: Step): void {
  if (steps.hasSubscribers) steps.publish({ step });
}
