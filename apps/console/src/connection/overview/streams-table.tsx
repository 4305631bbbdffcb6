import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';

import type { Connection } from '../../api/connections';
import { reasonWords } from '../../health/reason-words';
import { count, plural } from '../../ui/count';
import { ErrorNotice } from '../../ui/error-notice';
import { Section } from '../../ui/page';
import { Skeleton } from '../../ui/skeleton';
import { StateLabel } from '../../ui/state-label';
import { NumberCell, NumberHead, RowHead, Table } from '../../ui/table';
import { Countdown, RelativeTime } from '../../ui/time';
import { modeWords, streamLooks, type Stream } from './stream-words';
import { streamsQuery } from './streams-query';
import styles from './streams-table.module.css';

interface StreamsTableProps {
  readonly connection: Connection;
  readonly provider: string;
}

/** Where each stream of the connector stands, in the connector's order. */
export function StreamsTable({ connection, provider }: StreamsTableProps) {
  const { data: streams, error, refetch } = useQuery(streamsQuery(connection.id, connection.is_syncing));
  if (!streams) {
    return (
      <Section title="Streams">
        {error ? (
          <ErrorNotice error={error} what="The streams could not be loaded." onRetry={() => void refetch()} />
        ) : (
          <Skeleton rows={5} height="2.25rem" />
        )}
      </Section>
    );
  }
  const total = streams.reduce((sum, { record_count: records }) => sum + records, 0);
  return (
    <Section
      title="Streams"
      aside={
        <span
          className={styles.quiet}
        >{`${plural(streams.length, 'stream')}, ${plural(total, 'record')}`}</span>
      }
      flush
    >
      <Table label="Table of streams">
        <thead>
          <tr>
            <th scope="col">Stream</th>
            <th scope="col">Status</th>
            <NumberHead>Records</NumberHead>
            <th scope="col">Last success</th>
            <th scope="col">Read last time</th>
            <th scope="col">What is wrong</th>
          </tr>
        </thead>
        <tbody>
          {streams.map((stream) => (
            <StreamRow key={stream.stream} stream={stream} connection={connection} provider={provider} />
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

function StreamRow({ stream, connection, provider }: StreamsTableProps & { readonly stream: Stream }) {
  const { status, mode, record_count: records, last_success_at: success } = stream;
  return (
    <tr data-stream={stream.stream}>
      <RowHead>{stream.stream}</RowHead>
      <td>
        <StateLabel look={streamLooks[status]} />
      </td>
      <NumberCell>
        {records === 0 ? (
          '0'
        ) : (
          <Link
            to="/connections/$id"
            params={{ id: connection.id }}
            search={{ tab: 'records', stream: stream.stream }}
            aria-label={`${plural(records, 'record')} of ${stream.stream}`}
          >
            {count(records)}
          </Link>
        )}
      </NumberCell>
      <td className={styles.nowrap}>
        {success ? <RelativeTime at={success} /> : <span className={styles.quiet}>Never</span>}
      </td>
      <td className={clsx(styles.quiet, styles.nowrap)}>{modeWords(mode)}</td>
      <td className={styles.reason}>
        <Trouble stream={stream} connection={connection} provider={provider} />
      </td>
    </tr>
  );
}

function Trouble({ stream, connection, provider }: StreamsTableProps & { readonly stream: Stream }) {
  const { error_reason: reason, resumes_at: resumes, status } = stream;
  if (!reason && status !== 'waiting') return <span className={styles.quiet}>Nothing</span>;
  return (
    <>
      {reason && <>{reasonWords(reason, provider, connection.auth_method)}. </>}
      {resumes && status === 'waiting' && (
        <>
          Goes on <Countdown at={resumes} />.
        </>
      )}
    </>
  );
}
