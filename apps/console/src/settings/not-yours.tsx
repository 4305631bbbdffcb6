import { Lock } from 'lucide-react';

import { useAdmins } from '../api/me';
import styles from './settings.module.css';

/** One line in the place of what the caller may not do: what that is, and who can grant it. */
export function NotYours({ what }: { readonly what: string }) {
  const admins = useAdmins();
  return (
    <p className={styles.note}>
      <Lock size={16} aria-hidden />
      <span>
        {what} <span dir="auto">{admins}</span> can make you one.
      </span>
    </p>
  );
}
