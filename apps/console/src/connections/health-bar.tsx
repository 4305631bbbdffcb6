import { clsx } from 'clsx';
import { BellRing } from 'lucide-react';

import { healths, looks } from '../health/shown-health';
import { count } from '../ui/count';
import type { HealthCounts } from './filter-connections';
import styles from './health-bar.module.css';

interface HealthBarProps {
  readonly counts: HealthCounts;
  /** How many are disconnected; those are not among the others. */
  readonly disconnected: number;
  /** The filter that holds: a health, `attention`, or none. */
  readonly chosen: string | undefined;
  readonly onChoose: (health: string | undefined) => void;
}

/** How the connections are, in numbers; each number shows those that it counts. */
export function HealthBar({ counts, disconnected, chosen, onChoose }: HealthBarProps) {
  const shown = healths.filter(
    (health) =>
      health === 'healthy' ||
      health === chosen ||
      (health === 'disconnected' ? disconnected > 0 : (counts.byHealth.get(health) ?? 0) > 0),
  );
  const press = (value: string | undefined) => () => onChoose(chosen === value ? undefined : value);
  return (
    <div className={styles.bar} role="group" aria-label="Filter by health">
      <Chip
        pressed={chosen === undefined}
        onPress={() => onChoose(undefined)}
        number={counts.total}
        word="All"
      />
      <Chip
        pressed={chosen === 'attention'}
        onPress={press('attention')}
        number={counts.attention}
        word={counts.attention === 1 ? 'needs attention' : 'need attention'}
        icon={<BellRing size={14} aria-hidden />}
        tone={counts.attention > 0 ? 'red' : 'grey'}
      />
      <span className={styles.line} aria-hidden />
      {shown.map((health) => {
        const { word, icon: Icon, tone } = looks[health];
        return (
          <Chip
            key={health}
            pressed={chosen === health}
            onPress={press(health)}
            number={health === 'disconnected' ? disconnected : (counts.byHealth.get(health) ?? 0)}
            word={health === 'needs_reauth' ? 'To reconnect' : word}
            icon={<Icon size={14} aria-hidden />}
            tone={tone}
          />
        );
      })}
    </div>
  );
}

interface ChipProps {
  readonly pressed: boolean;
  readonly onPress: () => void;
  readonly number: number;
  readonly word: string;
  readonly icon?: React.ReactNode;
  readonly tone?: string;
}

const Chip = ({ pressed, onPress, number, word, icon, tone }: ChipProps) => (
  <button
    type="button"
    className={clsx(styles.chip, tone && styles[tone])}
    aria-pressed={pressed}
    onClick={onPress}
  >
    {icon}
    <span className={styles.number}>{count(number)}</span>
    {word}
  </button>
);
