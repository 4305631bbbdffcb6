import { siAircall, siGmail, siHubspot, siNotion, siX } from 'simple-icons';

import styles from './logo.module.css';

// Simple Icons has only these of ours; what it calls Fathom is another company.
const icons: Readonly<Record<string, { readonly path: string }>> = {
  hubspot: siHubspot,
  aircall: siAircall,
  gmail: siGmail,
  notion: siNotion,
  x: siX,
};

interface LogoProps {
  readonly type: string;
  /** The connector's name, of which the monogram is made where there is no logo. */
  readonly name: string;
  readonly size?: 'm' | 'l';
}

/** A connector's logo, or its two letters in the same frame. For the eye only: its name stands beside it. */
export function Logo({ type, name, size = 'm' }: LogoProps) {
  const icon = icons[type];
  return (
    <span className={styles.frame} data-size={size} data-type={type} aria-hidden>
      {icon ? (
        <svg viewBox="0 0 24 24" fill="currentColor">
          <path d={icon.path} />
        </svg>
      ) : (
        name.replaceAll(/[^A-Za-z]/g, '').slice(0, 2)
      )}
    </span>
  );
}
