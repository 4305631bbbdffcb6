import { ChevronRight } from 'lucide-react';
import { Children, type ReactNode } from 'react';

import styles from './breadcrumb.module.css';

/** Where one is: links to what is above, the last of which is the page's own parent. */
export function Breadcrumb({ children }: { readonly children: ReactNode }) {
  return (
    <nav aria-label="Where you are">
      <ol className={styles.list}>
        {Children.map(children, (child, index) => (
          <li>
            {index > 0 && <ChevronRight size={14} aria-hidden />}
            {child}
          </li>
        ))}
      </ol>
    </nav>
  );
}
