import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef, type ReactNode } from 'react';

import { Button } from './button';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Beside the title, such as a connector's logo. */
  readonly mark?: ReactNode;
}

/** A modal dialog: the focus stays in it and returns to where it was; Esc and the cross close it. */
export function Dialog({ open, onClose, title, mark, children }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root
      open={open}
      onOpenChange={(next, details) => {
        if (next) return;
        // A press or Esc in a dialog that lies above, such as the one to sign in again, is none of this one's.
        if (isBelowAnother(popup.current)) return details.cancel();
        onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup ref={popup} className={styles.popup}>
            <div className={styles.head}>
              {mark}
              <Base.Title className={styles.title}>{title}</Base.Title>
              <Base.Close render={<Button look="quiet" size="s" icon={X} aria-label="Close" />} />
            </div>
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** The last one that was opened comes last in the page. */
function isBelowAnother(popup: HTMLElement | null): boolean {
  const last = [...document.querySelectorAll('[role="dialog"]')].at(-1);
  return popup !== null && last !== undefined && last !== popup;
}

/** The buttons at a dialog's foot. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
