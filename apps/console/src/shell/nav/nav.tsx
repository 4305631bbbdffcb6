import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { usePlaces, type Place } from './places';
import styles from '../sidebar.module.css';

/** Links to all pages that the caller may see. */
export function Nav({ onGo }: { readonly onGo?: () => void }) {
  const { main, settings, admin } = usePlaces();
  const items = (places: readonly Place[]) =>
    places.map((place) => <Item key={place.to} {...place} {...(onGo && { onGo })} />);
  return (
    <nav className={styles.nav} aria-label="Pages">
      {main.length > 0 && <Group>{items(main)}</Group>}
      <Group title="Settings">{items(settings)}</Group>
      {admin.length > 0 && <Group title="Admin">{items(admin)}</Group>}
    </nav>
  );
}

const Group = ({ title, children }: { readonly title?: string; readonly children: ReactNode }) => (
  <div className={styles.group}>
    {title && <p className={styles.groupTitle}>{title}</p>}
    <ul>{children}</ul>
  </div>
);

const Item = ({ to, icon: Icon, name, onGo }: Place & { readonly onGo?: () => void }) => (
  <li>
    <Link to={to} className={styles.item} activeProps={{ 'aria-current': 'page' }} onClick={onGo}>
      <Icon size={16} aria-hidden />
      {name}
    </Link>
  </li>
);
