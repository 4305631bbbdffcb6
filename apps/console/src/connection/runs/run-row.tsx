import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';

import type { Connection, Run } from '../../api/connections';
import { reasonWords } from '../../health/reason-words';
import { count } from '../../ui/count';
import { ErrorNotice } from '../../ui/error-notice';
import { Skeleton } from '../../ui/skeleton';
import { StateLabel } from '../../ui/state-label';
import { NumberCell } from '../../ui/table';
import { Duration, RelativeTime } from '../../ui/time';
import { RunStreams } from './run-streams';
import { runLooks, streamsWords, triggerWords } from './run-words';
import { runQuery } from './runs-query';
import styles from './runs-tab.module.css';

interface RunRowProps {
  readonly run: Run;
  readonly connection: Connection;
  readonly provider: string;
}

const COLUMNS = 8;

/** One run of the history; its streams unfold below it. */
export function RunRow({ run, connection, provider }: RunRowProps) {
  const [unfolded, setUnfolded] = useState(false);
  const below = useId();
  const Icon = unfolded ? ChevronDown : ChevronRight;
  const skipped = run.status === 'skipped_locked';
  return (
    <>
      <tr data-run={run.id}>
        <td className={styles.first}>
          {!skipped && (
            <button
              type="button"
              className={styles.unfold}
              aria-expanded={unfolded}
              aria-controls={unfolded ? below : undefined}
              aria-label="Streams of this run"
              onClick={() => setUnfolded(!unfolded)}
            >
              <Icon size={16} aria-hidden />
            </button>
          )}
        </td>
        <td>
          <StateLabel look={runLooks[run.status]} />
        </td>
        <td className={styles.nowrap}>
          <Link to="/connections/$id/runs/$runId" params={{ id: connection.id, runId: run.id }}>
            <RelativeTime at={run.started_at} />
          </Link>
        </td>
        <td>{triggerWords[run.trigger]}</td>
        <NumberCell className={styles.nowrap}>
          {skipped ? '–' : <Duration from={run.started_at} to={run.finished_at} />}
        </NumberCell>
        <td>{streamsWords(run)}</td>
        <NumberCell>{skipped ? '–' : count(run.records_written)}</NumberCell>
        <td>
          {run.error_reason ? (
            <>{reasonWords(run.error_reason, provider, connection.auth_method)}.</>
          ) : (
            <span className={styles.quiet}>Nothing</span>
          )}
        </td>
      </tr>
      {unfolded && (
        <tr className={styles.unfolded} id={below}>
          <td colSpan={COLUMNS}>
            <UnfoldedStreams runId={run.id} connection={connection} provider={provider} />
          </td>
        </tr>
      )}
    </>
  );
}

function UnfoldedStreams({
  runId,
  connection,
  provider,
}: Omit<RunRowProps, 'run'> & { readonly runId: string }) {
  const { data: run, error, refetch } = useQuery(runQuery(connection.id, runId));
  if (run) return <RunStreams run={run} connection={connection} provider={provider} />;
  if (error) {
    return (
      <ErrorNotice
        error={error}
        what="The streams of this run could not be loaded."
        onRetry={() => void refetch()}
      />
    );
  }
  return <Skeleton rows={3} height="2rem" />;
}
