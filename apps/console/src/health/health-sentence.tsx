import type { Connection } from '../api/connections';
import { plural } from '../ui/count';
import { Countdown, RelativeTime } from '../ui/time';
import { clock, everyInterval } from '../ui/time-words';
import { isFirstPending } from './shown-health';

/**
 * What is going on with a connection, in one sentence or two: what happened, why, what comes next. `provider` is the connector's
 * name; with `brief`, as a row of the list has room for it.
 */
export function HealthSentence({
  connection,
  provider,
  brief = false,
}: {
  readonly connection: Connection;
  readonly provider: string;
  readonly brief?: boolean;
}) {
  const { health, status, last_error: error, last_run: run, next_sync_at: next } = connection;
  const { pending_until: until, last_synced_at: synced } = connection;
  if (isFirstPending(connection)) {
    return (
      <>
        Waiting for the approval at {provider}.{' '}
        {until && (
          <>
            The request runs out <Countdown at={until} />.
          </>
        )}
      </>
    );
  }
  if (status === 'pending') {
    return (
      <>
        A reconnect is waiting for the approval at {provider}.{' '}
        {until && (
          <>
            If it is left, everything is as before <Countdown at={until} />.
          </>
        )}
      </>
    );
  }
  switch (health) {
    case 'disconnected':
      return <>Disconnected. Its records and its history are kept.</>;
    case 'needs_reauth':
      return brief ? (
        <>{provider} no longer accepts the credentials.</>
      ) : (
        <>{error?.message ?? 'Reconnect it.'}</>
      );
    case 'syncing':
      return run?.status === 'running' ? (
        <>
          {run.streams_done} of {plural(run.streams_total, 'stream')} done,{' '}
          {plural(run.records_written, 'record')} so far.
        </>
      ) : (
        <>A sync is about to begin.</>
      );
    case 'rate_limited':
      return (
        <>
          {provider} throttled the last sync.{' '}
          {next ? `It is tried again at ${clock(next)}` : 'It is tried again by itself'}; nothing needs to be
          done.
        </>
      );
    case 'error':
      return brief ? (
        <>{briefError(error?.reason, provider)}</>
      ) : (
        <>{error?.message ?? 'The last sync failed.'}</>
      );
    case 'degraded':
      return (
        <>
          {run && `${run.streams_failed} of ${plural(run.streams_total, 'stream')} failed in the last sync.`}{' '}
          {brief ? 'Sync again to backfill.' : error?.message}
        </>
      );
    case 'stale':
      return (
        <>
          Nothing failed, but {synced ? 'it last synced' : 'it was connected'}{' '}
          <RelativeTime at={synced ?? connection.created_at} />
          {status === 'paused' ? ' and is paused' : ''}; {everyInterval(connection.sync_interval)} is usual.
        </>
      );
    case 'healthy':
      return synced ? (
        <>
          Last synced <RelativeTime at={synced} />.
        </>
      ) : (
        <>Connected; no sync has ended yet.</>
      );
  }
}

function briefError(reason: string | undefined, provider: string): string {
  switch (reason) {
    case 'config':
      return `This platform’s set-up for ${provider} was refused.`;
    case 'transient':
      return `${provider} did not answer, several times in a row.`;
    default:
      return `${provider} answered in a way that was not expected.`;
  }
}
