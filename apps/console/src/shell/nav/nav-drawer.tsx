import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';

import { Button } from '../../ui/button';
import { Nav } from './nav';
import { PersonMenu } from './person-menu';
import styles from './nav-drawer.module.css';

/** The sidebar's content, over the page, where there is no room beside it. */
export default function NavDrawer({ onClose }: { readonly onClose: () => void }) {
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.drawer}>
          <div className={styles.head}>
            <Base.Title className={styles.title}>Menu</Base.Title>
            <Base.Close render={<Button look="quiet" icon={X} aria-label="Close" />} />
          </div>
          <Nav onGo={onClose} />
          <PersonMenu />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
