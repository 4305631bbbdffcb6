import { clsx } from 'clsx';
import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';

import styles from './button.module.css';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly size?: 'm' | 's';
  readonly icon?: LucideIcon;
  /** Something is under way: it shows so, and does not take a second press. */
  readonly busy?: boolean;
}

export function Button({ look = 'plain', size = 'm', icon: Icon, busy, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled']}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
      className={clsx(
        styles.button,
        styles[look],
        styles[size],
        !children && styles.iconOnly,
        rest.className,
      )}
    >
      {busy ? (
        <LoaderCircle className={styles.spinner} size={16} aria-hidden />
      ) : (
        Icon && <Icon size={16} aria-hidden />
      )}
      {children}
    </button>
  );
}

/** Classes that make a link look like a button. */
export const buttonClass = (
  look: NonNullable<ButtonProps['look']> = 'plain',
  size: 'm' | 's' = 'm',
): string => clsx(styles.button, styles[look], styles[size]);
