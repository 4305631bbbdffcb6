import type { Connection } from '../../api/connections';
import type { Outcome } from '../../connections/connect/outcomes';
import { isFirstPending } from '../../health/shown-health';

/** How a connect or reconnect of this connection through the provider ended, and what next; by the callback's word for it. */
export function landingOutcome(outcome: string, connection: Connection, provider: string): Outcome {
  const isFirst = isFirstPending(connection);
  const not = isFirst ? 'Not connected' : 'Not reconnected';
  const before = isFirst ? 'Nothing was stored.' : 'Everything is as it was.';
  const again = isFirst ? 'Press Continue to ask again' : 'Press Reconnect to ask again';
  const account = connection.account_label ?? 'the account that was connected before';
  const told = (title: string, text: string): Outcome => ({ good: false, title: `${not}: ${title}`, text });
  switch (outcome) {
    case 'success':
      return {
        good: true,
        title: 'Connected',
        text: `${provider} syncs by itself from now on; what is read can be looked at as it comes in.`,
      };
    case 'denied':
      return told('the access was not granted', `${before} ${again}, and approve it at ${provider}.`);
    case 'expired':
      return told(
        'the request was too old',
        `It has to be approved within ten minutes, and once. ${before} ${again}.`,
      );
    case 'account_mismatch':
      return told(
        'that was another account',
        `${before} ${again}, and sign in to ${account}. To add the other account as well, connect it from the catalog.`,
      );
    case 'insufficient_scope':
      return told(
        'a permission is missing',
        `A permission that syncs need was not granted. ${before} ${again}, and grant all of them.`,
      );
    default:
      return told(
        `${provider} did not complete it`,
        `${before} ${again}; if it fails again, tell support when.`,
      );
  }
}
