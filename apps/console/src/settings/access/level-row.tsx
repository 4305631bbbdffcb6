import { useId, type ReactNode } from 'react';

import { levels, type Level } from '../settings-queries';
import { levelNames } from './access-words';
import settings from '../settings.module.css';
import styles from './access.module.css';

interface LevelRowProps {
  /** “Viewers”, or a member's name. */
  readonly who: string;
  readonly aside?: ReactNode;
  readonly effect: string;
  readonly level: Level;
  /** It differs from what is saved. */
  readonly isChanged: boolean;
  readonly error?: string | undefined;
  readonly onChange: (level: Level) => void;
  readonly end?: ReactNode;
}

/** A row of the table of levels: whose it is, what it comes to, and one choice of three. */
export function LevelRow({ who, aside, effect, level, isChanged, error, onChange, end }: LevelRowProps) {
  const id = useId();
  return (
    <tr>
      <th scope="row" className={styles.who}>
        <span className={settings.name}>
          <span dir="auto">{who}</span>
          {aside}
          {isChanged && (
            <span className={settings.tag} data-tone="amber">
              Not saved
            </span>
          )}
        </span>
        <span id={`${id}-effect`} className={styles.effect} dir="auto">
          {effect}
        </span>
        {error && (
          <span className={styles.error} role="alert">
            {error}
          </span>
        )}
      </th>
      {levels.map((each) => (
        <td key={each} className={styles.level}>
          <label className={styles.hit}>
            <input
              type="radio"
              name={id}
              aria-label={`${who}: ${levelNames[each]}`}
              aria-describedby={`${id}-effect`}
              checked={each === level}
              onChange={() => onChange(each)}
            />
          </label>
        </td>
      ))}
      <td className={styles.end}>{end}</td>
    </tr>
  );
}

export function LevelHead({ first, withEnd }: { readonly first: string; readonly withEnd?: boolean }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {levels.map((level) => (
          <th key={level} scope="col" className={styles.level}>
            {levelNames[level]}
          </th>
        ))}
        {/* There in both tables: the levels of one stand below those of the other. */}
        {withEnd ? (
          <th scope="col">
            <span className="visually-hidden">Remove</span>
          </th>
        ) : (
          <td />
        )}
      </tr>
    </thead>
  );
}
