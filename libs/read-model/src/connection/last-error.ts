import type { ErrorReason } from '@connections/contracts';

/** Our words for why a connection last failed: what happened, why, what to do. The provider's are never shown. */
export function lastErrorMessage(reason: ErrorReason, connector: string, authMethod: string): string {
  switch (reason) {
    case 'auth':
      return authMethod === 'api_key'
        ? `The last sync stopped because ${connector} no longer accepts the API key: it was revoked, replaced or has lost a permission. Reconnect with a key that is valid.`
        : `The last sync stopped because ${connector} no longer accepts our access: it was revoked, has expired or lacks a permission. Reconnect to approve it again.`;
    case 'rate_limit':
      return `The last sync was cut short because ${connector} limits how much may be read in a given time. It is tried again by itself when ${connector} allows it; nothing needs to be done.`;
    case 'config':
      // The platform reads these with its own credential: what is missing is more often the account's to give.
      if (authMethod === 'handle')
        return `The last sync could not read everything, because ${connector} does not let this platform read it: the account was renamed, closed or protected, or it has not given the platform's own ${connector} member a role. Ask an administrator of the account for that role (posts and statistics of a LinkedIn page need one), then start a sync. Where nothing is missing, the platform's access or plan at ${connector} is refused, and an operator has to mend it.`;
      return `The last sync failed because this platform's own set-up for ${connector} was refused: its application, a permission or a plan is missing there. An operator has to mend it; reconnecting does not help.`;
    case 'transient':
      return `The last sync failed because ${connector} did not answer or reported trouble of its own, several times in a row. It is tried again by itself; start a sync to try at once.`;
    case 'unknown':
      return `The last sync failed because ${connector} answered in a way that we did not expect. It is tried again by itself; should it fail again, tell support the id of the run.`;
  }
}
