import { lazy, Suspense, useState } from 'react';

import { useStore } from '../live/store';
import { announcement } from '../ui/announce';
import { Notices } from '../ui/notices';
import { ConnectionLost } from './connection-lost';
import { SurfaceGate } from './gates/surface-gate';
import { LiveProvider } from './live-provider';
import { Sidebar } from './sidebar';
import { SignInAgain } from './sign-in-again';
import { useShortcuts } from './use-shortcuts';
import styles from './shell.module.css';

const CommandMenu = lazy(() => import('./command-menu'));
const KeysHelp = lazy(() => import('./keys-help'));

/** What is around every page of somebody who is signed in. */
export function Shell() {
  const [open, setOpen] = useState<'commands' | 'keys' | null>(null);
  useShortcuts({
    'mod+k': () => setOpen('commands'),
    '?': () => setOpen('keys'),
  });
  const close = () => setOpen(null);
  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skip}>
        Skip to the page
      </a>
      <Sidebar onCommands={() => setOpen('commands')} />
      <main id="main" className={styles.main} tabIndex={-1}>
        <ConnectionLost />
        <SurfaceGate />
      </main>
      <LiveProvider />
      <Announcer />
      <Notices />
      <SignInAgain />
      <Suspense>
        {open === 'commands' && <CommandMenu onClose={close} onKeys={() => setOpen('keys')} />}
        {open === 'keys' && <KeysHelp onClose={close} />}
      </Suspense>
    </div>
  );
}

function Announcer() {
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {useStore(announcement)}
    </div>
  );
}
