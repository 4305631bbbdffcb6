import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useState } from 'react';

import { outcomes } from './outcomes';
import styles from './outcome-banner.module.css';

/** Says how a connect through the provider ended. Stays until it is closed, also when its word has left the URL. */
export function OutcomeBanner({ outcome }: { readonly outcome: string | undefined }) {
  const [kept] = useState(outcome);
  const [closed, setClosed] = useState(false);
  const known = kept === undefined || !Object.hasOwn(outcomes, kept) ? undefined : outcomes[kept];
  if (!known || closed) return null;
  return (
    <div className={styles.banner} data-good={known.good} role={known.good ? 'status' : 'alert'}>
      {known.good ? <CircleCheck size={18} aria-hidden /> : <CircleAlert size={18} aria-hidden />}
      <div className={styles.text}>
        <p className={styles.title}>{known.title}</p>
        <p>{known.text}</p>
      </div>
      <button type="button" aria-label="Dismiss" onClick={() => setClosed(true)}>
        <X size={16} aria-hidden />
      </button>
    </div>
  );
}
