import { clsx } from 'clsx';
import type { ReactNode } from 'react';

import styles from './facts.module.css';

/** Names and values, below one another or, with `columns`, side by side where there is room. */
export function Facts({ columns, children }: { readonly columns?: boolean; readonly children: ReactNode }) {
  return <dl className={clsx(styles.facts, columns && styles.columns)}>{children}</dl>;
}

interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
  /** One quiet line below the value. */
  readonly hint?: ReactNode;
}

export function Fact({ name, children, hint }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        {hint && <div className={styles.hint}>{hint}</div>}
      </dd>
    </div>
  );
}
