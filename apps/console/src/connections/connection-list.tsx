import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';

import type { Connection } from '../api/connections';
import type { ConnectionDialog } from '../connection/connection-search';
import { useShortcuts } from '../shell/use-shortcuts';
import { ConnectionRow } from './connection-row';
import styles from './connection-list.module.css';

const ROW_HEIGHT = 69;

interface ConnectionListProps {
  readonly items: readonly Connection[];
  readonly providerOf: (type: string) => string;
  readonly onDialog: (dialog: ConnectionDialog, id: string) => void;
}

/** The rows; only those near the screen are in the page. `j` and `k` walk along them. */
export function ConnectionRows({ items, providerOf, onDialog }: ConnectionListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => items[index]?.id ?? index,
  });
  useEffect(() => {
    const measure = () => setTop(list.current ? list.current.getBoundingClientRect().top + scrollY : 0);
    measure();
    // What stands above may grow or go: the page's own size tells.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const withOwner = items.some(({ ownership }) => ownership === 'personal');
  useWalk(items, (index) => rows.scrollToIndex(index), list);
  return (
    <ul ref={list} className={styles.list} style={{ height: rows.getTotalSize() }} aria-label="Connections">
      {rows.getVirtualItems().map(({ index, key, start }) => {
        const connection = items[index];
        if (!connection) return null;
        return (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            className={styles.item}
            style={{ transform: `translateY(${start - top}px)` }}
            aria-setsize={items.length}
            aria-posinset={index + 1}
          >
            <ConnectionRow
              connection={connection}
              provider={providerOf(connection.connector_type)}
              onDialog={onDialog}
              withOwner={withOwner}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** Lets `j` and `k` go from row to row; Enter opens the one that has the focus, as it is a link. */
function useWalk(
  items: readonly Connection[],
  scrollTo: (index: number) => void,
  list: React.RefObject<HTMLUListElement | null>,
): void {
  const step = (by: 1 | -1) => {
    const here = document.activeElement?.closest('[data-index]')?.getAttribute('data-index');
    const next = here == null ? (by === 1 ? 0 : items.length - 1) : Number(here) + by;
    if (next < 0 || next >= items.length) return;
    scrollTo(next);
    // It may have come into the page only now.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        list.current?.querySelector<HTMLElement>(`[data-index="${next}"] [data-row-link]`)?.focus(),
      ),
    );
  };
  useShortcuts({ j: () => step(1), k: () => step(-1) });
}
