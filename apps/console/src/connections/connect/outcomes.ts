export interface Outcome {
  readonly good: boolean;
  readonly title: string;
  readonly text: string;
}

/** How a connect through a provider's consent ended, by the callback's word for it, and what comes next. */
export const outcomes: Readonly<Record<string, Outcome>> = {
  success: {
    good: true,
    title: 'Connected',
    text: 'The first sync has begun; nothing more needs to be done.',
  },
  denied: {
    good: false,
    title: 'Not connected: the access was not granted',
    text: 'Nothing was stored. Connect again and approve it at the provider.',
  },
  expired: {
    good: false,
    title: 'Not connected: the request was too old',
    text: 'It has to be approved within ten minutes. Nothing was stored; connect again.',
  },
  failed: {
    good: false,
    title: 'Not connected: the provider did not complete it',
    text: 'Nothing was stored. Connect again; if it fails again, tell support.',
  },
  account_mismatch: {
    good: false,
    title: 'Not reconnected: that was another account',
    text: 'Everything is as it was. Reconnect, and approve with the account that was connected before.',
  },
  insufficient_scope: {
    good: false,
    title: 'Not connected: a permission is missing',
    text: 'A permission that is needed was not granted. Nothing was stored; connect again and grant all of them.',
  },
};
