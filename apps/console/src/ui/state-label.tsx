import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';

import styles from './state-label.module.css';

/** How a state looks: icon, word and colour, never colour alone. */
export interface StateLook {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly tone: 'green' | 'blue' | 'orange' | 'red' | 'purple' | 'grey';
  readonly turning?: boolean;
}

export function StateLabel({ look: { word, icon: Icon, tone, turning } }: { readonly look: StateLook }) {
  return (
    <span className={clsx(styles.label, styles[tone])}>
      <Icon size={15} aria-hidden className={turning ? styles.turning : undefined} />
      <span>{word}</span>
    </span>
  );
}
