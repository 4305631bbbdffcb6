import { CircleAlert, CircleCheck, X } from 'lucide-react';

import { ApiError } from '../api/errors';
import { createStore, useStore } from '../live/store';
import { announce } from './announce';
import styles from './notices.module.css';

interface Notice {
  readonly id: number;
  readonly text: string;
  readonly bad: boolean;
}

const SHOWN_MS = 6_000;
const notices = createStore<readonly Notice[]>([]);
let lastId = 0;

/** Says in a corner, for some seconds, what has been done. */
export function notify(text: string, bad = false): void {
  const notice = { id: ++lastId, text, bad };
  notices.set([...notices.get().slice(-2), notice]);
  announce(text);
  if (!bad) setTimeout(() => dismiss(notice.id), SHOWN_MS);
}

/** Says what could not be done and why; stays until it is closed. */
export function notifyError(what: string, error: unknown): void {
  notify(`${what} ${error instanceof ApiError ? error.message : 'Try again.'}`, true);
}

const dismiss = (id: number): void => notices.set(notices.get().filter((notice) => notice.id !== id));

export function Notices() {
  const shown = useStore(notices);
  if (shown.length === 0) return null;
  return (
    <section className={styles.notices} aria-label="Notices">
      {shown.map(({ id, text, bad }) => (
        <div key={id} className={styles.notice} data-bad={bad || undefined}>
          {bad ? <CircleAlert size={16} aria-hidden /> : <CircleCheck size={16} aria-hidden />}
          <span>{text}</span>
          <button type="button" aria-label="Dismiss" onClick={() => dismiss(id)}>
            <X size={14} aria-hidden />
          </button>
        </div>
      ))}
    </section>
  );
}
