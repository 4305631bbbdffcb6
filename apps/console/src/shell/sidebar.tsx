import { Link } from '@tanstack/react-router';
import { Menu as MenuIcon, Search } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';

import { Button } from '../ui/button';
import { Nav } from './nav/nav';
import { PersonMenu } from './nav/person-menu';
import styles from './sidebar.module.css';

const NavDrawer = lazy(() => import('./nav/nav-drawer'));

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Where one can go. Beside the page, or, where that has no room for it, above it with all places behind one button. */
export function Sidebar({ onCommands }: { readonly onCommands: () => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <header className={styles.sidebar}>
      <Button
        look="quiet"
        icon={MenuIcon}
        className={styles.menu}
        aria-label="Menu"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      />
      <Link to="/" className={styles.brand}>
        <img src="/favicon.svg" width={24} height={24} alt="" />
        Connections
      </Link>
      <Button look="plain" size="s" icon={Search} onClick={onCommands} className={styles.search}>
        <span className={styles.searchWord}>Go to…</span>
        <kbd>{isMac ? '⌘ K' : 'Ctrl K'}</kbd>
      </Button>
      <Nav />
      <div className={styles.foot}>
        <PersonMenu />
      </div>
      <Suspense>{isOpen && <NavDrawer onClose={() => setOpen(false)} />}</Suspense>
    </header>
  );
}
