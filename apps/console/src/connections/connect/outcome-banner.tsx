import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useState } from 'react';

import { outcomes, type Outcome } from './outcomes';
import styles from './outcome-banner.module.css';

/** Says how a connect through the provider ended. Stays until it is closed, also when its word has left the URL. */
export function OutcomeBanner({ outcome }: { readonly outcome: string | undefined }) {
  const [kept] = useState(outcome);
  const [closed, setClosed] = useState(false);
  const known = kept === undefined || !Object.hasOwn(outcomes, kept) ? undefined : outcomes[kept];
  if (!known || closed) return null;
  return <OutcomeNotice outcome={known} onClose={() => setClosed(true)} />;
}

/** How it ended and what comes next, until it is closed. */
export function OutcomeNotice({
  outcome: { good, title, text },
  onClose,
}: {
  readonly outcome: Outcome;
  readonly onClose: () => void;
}) {
  return (
    <div className={styles.banner} data-good={good} role={good ? 'status' : 'alert'}>
      {good ? <CircleCheck size={18} aria-hidden /> : <CircleAlert size={18} aria-hidden />}
      <div className={styles.text}>
        <p className={styles.title}>{title}</p>
        <p>{text}</p>
      </div>
      <button type="button" aria-label="Dismiss" onClick={onClose}>
        <X size={16} aria-hidden />
      </button>
    </div>
  );
}
