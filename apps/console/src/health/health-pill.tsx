import { clsx } from 'clsx';

import type { Connection } from '../api/connections';
import { looks, shownHealth, type ShownHealth } from './shown-health';
import styles from './health-pill.module.css';

/** Icon, word and colour of a health: never colour alone. */
export function HealthPill({ health, quiet }: { readonly health: ShownHealth; readonly quiet?: boolean }) {
  const { word, icon: Icon, tone, meaning } = looks[health];
  return (
    <span
      className={clsx(styles.pill, styles[tone], quiet && styles.quiet)}
      title={meaning}
      data-health={health}
    >
      <Icon size={14} aria-hidden className={health === 'syncing' ? styles.turning : undefined} />
      {word}
    </span>
  );
}

/** The pill of a connection, with a second one where it is paused: pausing does not change how it is. */
export function ConnectionHealth({ connection }: { readonly connection: Connection }) {
  return (
    <span className={styles.pills}>
      <HealthPill health={shownHealth(connection)} />
      {connection.status === 'paused' && <HealthPill health="paused" />}
    </span>
  );
}
