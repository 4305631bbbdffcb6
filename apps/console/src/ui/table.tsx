import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

import styles from './table.module.css';

/** A table in a box that scrolls sideways where it is too narrow. `label` names it. */
export function Table({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // A box that scrolls must be reachable by keys.
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table}>{children}</table>
    </div>
  );
}

/** A cell or head of numbers, set to the right. */
export const NumberCell = (props: ComponentProps<'td'>) => (
  <td {...props} className={clsx(styles.number, props.className)} />
);
export const NumberHead = (props: ComponentProps<'th'>) => (
  <th scope="col" {...props} className={clsx(styles.number, props.className)} />
);

/** What a row is about. */
export const RowHead = (props: ComponentProps<'th'>) => <th scope="row" {...props} />;
