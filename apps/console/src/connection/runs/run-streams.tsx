import { clsx } from 'clsx';

import type { Connection, RunDetail } from '../../api/connections';
import { reasonWords } from '../../health/reason-words';
import { count } from '../../ui/count';
import { StateLabel } from '../../ui/state-label';
import { NumberCell, NumberHead, RowHead, Table } from '../../ui/table';
import { AbsoluteTime, Countdown, Duration } from '../../ui/time';
import { useNow } from '../../ui/use-now';
import { modeWords } from '../overview/stream-words';
import { runStreamLooks } from './run-words';
import styles from './runs-tab.module.css';

type RunStream = RunDetail['streams'][number];

interface RunStreamsProps {
  readonly run: RunDetail;
  readonly connection: Connection;
  readonly provider: string;
}

/** What became of each stream in one run. */
export function RunStreams({ run, connection, provider }: RunStreamsProps) {
  return (
    <Table label="Streams of the run">
      <thead>
        <tr>
          <th scope="col">Stream</th>
          <th scope="col">Status</th>
          <th scope="col">Read</th>
          <NumberHead>Written</NumberHead>
          <NumberHead>Deleted</NumberHead>
          <NumberHead>Requests</NumberHead>
          <NumberHead>Duration</NumberHead>
          <th scope="col">What went wrong</th>
        </tr>
      </thead>
      <tbody>
        {run.streams.map((stream) => (
          <tr key={stream.stream} data-stream={stream.stream}>
            <RowHead>{stream.stream}</RowHead>
            <td>
              <StateLabel look={runStreamLooks[stream.status]} />
            </td>
            <td className={clsx(styles.quiet, styles.nowrap)}>{modeWords(stream.mode)}</td>
            <NumberCell>{count(stream.records_written)}</NumberCell>
            <NumberCell>{count(stream.records_deleted)}</NumberCell>
            <NumberCell>{count(stream.requests)}</NumberCell>
            <NumberCell className={styles.nowrap}>
              {stream.started_at && (stream.finished_at !== null || run.finished_at === null) ? (
                <Duration from={stream.started_at} to={stream.finished_at} />
              ) : (
                <span className={styles.quiet}>not known</span>
              )}
            </NumberCell>
            <td>
              <Trouble stream={stream} connection={connection} provider={provider} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Trouble({
  stream,
  connection,
  provider,
}: Omit<RunStreamsProps, 'run'> & { readonly stream: RunStream }) {
  const { error_reason: reason, resumes_at: resumes } = stream;
  const now = useNow(1_000, resumes !== null);
  if (!reason && !resumes) return <span className={styles.quiet}>Nothing</span>;
  return (
    <>
      {reason && <>{reasonWords(reason, provider, connection.auth_method)}. </>}
      {resumes &&
        (Date.parse(resumes) > now ? (
          <>
            Goes on <Countdown at={resumes} />.
          </>
        ) : (
          <>
            It was to go on at <AbsoluteTime at={resumes} />.
          </>
        ))}
    </>
  );
}
