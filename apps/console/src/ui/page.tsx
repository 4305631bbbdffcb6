import { useEffect, useRef, type ReactNode } from 'react';

import styles from './page.module.css';

interface PageProps {
  /** Its heading, and the window's title unless `windowTitle` says another. */
  readonly title: string;
  readonly windowTitle?: string;
  /** One line below the heading. */
  readonly lead?: ReactNode;
  /** Above the heading: where one is. */
  readonly above?: ReactNode;
  readonly mark?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page's frame. Its heading takes the focus when one comes from another page, so that it is what is read next. */
export function Page({ title, windowTitle = title, lead, above, mark, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${windowTitle} · Connections`;
  }, [windowTitle]);
  useEffect(() => {
    if (document.activeElement === document.body && performance.now() > 3_000)
      heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={styles.page}>
      {above}
      <header className={styles.head}>
        {mark}
        <div className={styles.titles}>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            <bdi>{title}</bdi>
          </h1>
          {lead && <div className={styles.lead}>{lead}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page with its own heading, on a surface of its own. */
export function Section({
  title,
  aside,
  children,
  flush,
}: {
  readonly title?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** Its content goes to the edges, as a table does. */
  readonly flush?: boolean;
}) {
  return (
    <section className={styles.section} aria-label={title}>
      {title && (
        <div className={styles.sectionHead}>
          <h2>{title}</h2>
          {aside}
        </div>
      )}
      <div className={flush ? styles.flush : styles.content}>{children}</div>
    </section>
  );
}
