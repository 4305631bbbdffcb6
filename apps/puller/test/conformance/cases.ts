/** What is proved of every connector: the columns of `docs/connector-conformance.md`, in their order. */
export const conformanceCases = {
  full_sync: 'full sync',
  nothing_new: 'nothing new',
  change: 'change',
  deletion: 'deletion',
  expired_cursor: 'expired cursor',
  expired_token: 'expired token',
  throttle: 'throttle',
  burst_5xx: '5xx burst',
  dropped: 'dropped connection',
  malformed: 'malformed JSON',
  killed: 'kill between pages',
} as const;

export type CaseName = keyof typeof conformanceCases;

export const caseNames = Object.keys(conformanceCases) as CaseName[];
