import { ChevronDown, ChevronRight } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';

import type { Connection } from '../../api/connections';
import { useAdmins, useCan } from '../../api/me';
import { HealthSentence } from '../../health/health-sentence';
import { healthNames, isFirstPending } from '../../health/shown-health';
import { Button } from '../../ui/button';
import { Fact, Facts } from '../../ui/facts';
import { Section } from '../../ui/page';
import { AbsoluteTime, RelativeTime } from '../../ui/time';
import { everyInterval } from '../../ui/time-words';
import { healthQuery } from './health-query';
import { NextSync } from './next-sync';
import { WhyHealth } from './why-health';
import styles from './health-card.module.css';

/** Healths whose sentence is the last error's text. */
const TOLD = new Set<Connection['health']>(['needs_reauth', 'error', 'degraded']);

interface HealthCardProps {
  readonly connection: Connection;
  readonly provider: string;
  readonly unfolded: boolean;
  readonly onUnfold: (unfolded: boolean) => void;
}

/** How a connection is, why, and when it syncs. */
export function HealthCard({ connection, provider, unfolded, onUnfold }: HealthCardProps) {
  const explained = useQuery(healthQuery(connection));
  const since = explained.data?.health === connection.health ? explained.data.since : null;
  const { last_synced_at: synced, status } = connection;
  return (
    <Section
      title="Health"
      aside={
        <Button
          look="quiet"
          size="s"
          icon={unfolded ? ChevronDown : ChevronRight}
          aria-expanded={unfolded}
          onClick={() => onUnfold(!unfolded)}
        >
          Why this health?
        </Button>
      }
    >
      <p className={styles.sentence}>
        <HealthSentence connection={connection} provider={provider} />
      </p>
      {since && !isFirstPending(connection) && (
        <p className={styles.since}>
          {healthNames[connection.health]} since <AbsoluteTime at={since} />
        </p>
      )}
      <Progress connection={connection} />
      <LastError connection={connection} />
      {unfolded && <WhyHealth explained={explained} />}
      <div className={styles.facts}>
        <Facts columns>
          <Fact name="Last synced">
            {synced ? <RelativeTime at={synced} /> : status === 'pending' ? 'Not yet' : 'Never'}
          </Fact>
          <Fact name="Next sync">
            <NextSync connection={connection} />
          </Fact>
          <Fact name="Cadence" hint="Set by the platform">
            {capital(everyInterval(connection.sync_interval))}
          </Fact>
        </Facts>
      </div>
      <ReadOnlyNote />
    </Section>
  );
}

function Progress({ connection: { last_run: run } }: Pick<HealthCardProps, 'connection'>) {
  if (run?.status !== 'running') return null;
  return (
    <div
      className={styles.progress}
      role="progressbar"
      aria-label="Streams done"
      aria-valuemin={0}
      aria-valuemax={run.streams_total}
      aria-valuenow={run.streams_done}
    >
      <div style={{ width: `${(100 * run.streams_done) / Math.max(1, run.streams_total)}%` }} />
    </div>
  );
}

/** The last error; its text where the sentence above is not that very text. */
function LastError({
  connection: { last_error: error, health, status },
}: Pick<HealthCardProps, 'connection'>) {
  if (!error) return null;
  const when = (
    <>
      Last error <RelativeTime at={error.at} /> (<code>{error.reason}</code>)
    </>
  );
  if (TOLD.has(health) && status !== 'pending') return <p className={styles.since}>{when}</p>;
  return (
    <div className={styles.error}>
      <p className={styles.since}>{when}</p>
      <p dir="auto">{error.message}</p>
    </div>
  );
}

/** For whoever may only look: why there are no buttons, and who can change that. */
function ReadOnlyNote() {
  const can = useCan();
  const admins = useAdmins();
  if (!can('connections.get') || can('connections.update')) return null;
  return (
    <p className={styles.note}>
      You may look here, but not change anything. {admins} can give you Write access.
    </p>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
