import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';

import { consoleSettingsQuery } from '../api/console-settings';
import { connectionQuery, type Connection, type RunDetail } from '../api/connections';
import { ApiError } from '../api/errors';
import { useConnector } from '../connectors/catalog';
import { Logo } from '../connectors/logo';
import { reasonWords } from '../health/reason-words';
import { isNoAccess, NoAccess } from '../shell/no-access';
import { NotFoundPage } from '../shell/not-found-page';
import { Breadcrumb } from '../ui/breadcrumb';
import { CopyText } from '../ui/copy-text';
import { count } from '../ui/count';
import { ErrorNotice } from '../ui/error-notice';
import { Fact, Facts } from '../ui/facts';
import { Page, Section } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { StateLabel } from '../ui/state-label';
import { AbsoluteTime, Duration } from '../ui/time';
import { RunStreams } from './runs/run-streams';
import { runLooks, streamsWords, triggerWords } from './runs/run-words';
import { runQuery } from './runs/runs-query';
import styles from './run-page.module.css';

const route = getRouteApi('/signed-in/connections/$id/runs/$runId');

/** One run of a connection: what each stream did, and what went wrong. */
export default function RunPage() {
  const { id, runId } = route.useParams();
  const client = useQueryClient();
  const connection = useQuery(connectionQuery(client, id));
  const run = useQuery(runQuery(id, runId));
  const error = connection.error ?? run.error;
  if (error instanceof ApiError && error.status === 404) return <NotFoundPage />;
  if (isNoAccess(error)) return <NoAccess error={error} />;
  if (connection.data && run.data) return <RunOf connection={connection.data} run={run.data} />;
  const retry = () => void Promise.all([connection.refetch(), run.refetch()]);
  return (
    <Page title="Run">
      {error ? (
        <ErrorNotice error={error} what="The run could not be loaded." onRetry={retry} />
      ) : (
        <Skeleton rows={3} height="6rem" />
      )}
    </Page>
  );
}

function RunOf({ connection, run }: { readonly connection: Connection; readonly run: RunDetail }) {
  const { id, name, connector_type: type, auth_method: method } = connection;
  const provider = useConnector(type)?.name ?? name;
  const running = run.status === 'running';
  return (
    <Page
      title={`Run of ${name}`}
      above={
        <Breadcrumb>
          <Link to="/connections">Connections</Link>
          <Link to="/connections/$id" params={{ id }}>
            <bdi>{name}</bdi>
          </Link>
          <Link to="/connections/$id" params={{ id }} search={{ tab: 'runs' }}>
            Runs
          </Link>
        </Breadcrumb>
      }
      mark={<Logo type={type} name={provider} size="l" />}
      lead={
        <div className={styles.lead}>
          <StateLabel look={runLooks[run.status]} />
          <span>
            Began <AbsoluteTime at={run.started_at} />
          </span>
        </div>
      }
    >
      <Section title="What happened">
        <p className={styles.trouble}>{whatHappened(run, provider, method)}</p>
        <Facts columns>
          <Fact name="Why it ran">{triggerWords[run.trigger]}</Fact>
          <Fact name="Ended">
            {run.finished_at ? <AbsoluteTime at={run.finished_at} /> : 'Still running'}
          </Fact>
          <Fact name={running ? 'Running for' : 'Duration'}>
            <Duration from={run.started_at} to={run.finished_at} />
          </Fact>
          <Fact name="Streams">{streamsWords(run)}</Fact>
          <Fact name={running ? 'Records so far' : 'Records written'}>{count(run.records_written)}</Fact>
          <Fact name="Run id">
            <CopyText text={run.id} label="run id" />
          </Fact>
          <Fact name="Trace id" hint={<TraceLink traceId={run.trace_id} />}>
            {run.trace_id ? <CopyText text={run.trace_id} label="trace id" /> : 'not known'}
          </Fact>
        </Facts>
      </Section>
      {run.streams.length > 0 && (
        <Section title="Streams" flush>
          <RunStreams run={run} connection={connection} provider={provider} />
        </Section>
      )}
    </Page>
  );
}

/** Where the deployment keeps traces, the one of this run. */
function TraceLink({ traceId }: { readonly traceId: string | null }) {
  const template = useQuery(consoleSettingsQuery).data?.trace_url_template;
  if (!traceId || !template) return null;
  return (
    <a href={template.replace('{trace_id}', encodeURIComponent(traceId))} target="_blank" rel="noreferrer">
      Open the trace <ExternalLink size={12} aria-hidden />
    </a>
  );
}

function whatHappened(run: RunDetail, provider: string, method: Connection['auth_method']): string {
  const because = run.error_reason ? `: ${reasonWords(run.error_reason, provider, method)}` : '';
  switch (run.status) {
    case 'running':
      return 'It is running; what it has read so far is shown as it comes in.';
    case 'completed':
      return run.records_written === 0
        ? 'All streams were read; nothing had changed.'
        : 'All streams were read to their end.';
    case 'partial':
      return `Some streams were not read to their end${because}. The next sync goes on where they stopped.`;
    case 'failed':
      return `No stream was read to its end${because}.`;
    case 'skipped_locked':
      return 'It did nothing, because another sync of this connection was running. That one reads the same.';
  }
}
