import { clsx } from 'clsx';
import { CircleAlert } from 'lucide-react';
import { useId, type ComponentProps, type ReactNode } from 'react';

import styles from './field.module.css';

interface FieldParts {
  readonly label: string;
  readonly help?: ReactNode;
  /** What is wrong with it, and what to do. */
  readonly error?: string | undefined;
  /** For a field whose label is plain from what is around it. */
  readonly hideLabel?: boolean;
}

interface Described {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** A label, what it labels, help and error, tied together for those who hear the page. */
export function Field({
  label,
  help,
  error,
  hideLabel,
  children,
}: FieldParts & { readonly children: (control: Described) => ReactNode }) {
  const id = useId();
  const describedBy = clsx(error && `${id}-error`, help && `${id}-help`) || undefined;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          <CircleAlert size={14} aria-hidden />
          {error}
        </p>
      )}
      {help && (
        <div id={`${id}-help`} className={styles.help}>
          {help}
        </div>
      )}
    </div>
  );
}

export function TextField({
  label,
  help,
  error,
  hideLabel,
  ...input
}: FieldParts & Omit<ComponentProps<'input'>, 'id'>) {
  return (
    <Field {...{ label, help, error, hideLabel }}>
      {(control) => (
        <input autoComplete="off" {...input} {...control} className={clsx(styles.control, input.className)} />
      )}
    </Field>
  );
}

export function SelectField({
  label,
  help,
  error,
  hideLabel,
  children,
  ...select
}: FieldParts & Omit<ComponentProps<'select'>, 'id'>) {
  return (
    <Field {...{ label, help, error, hideLabel }}>
      {(control) => (
        <select {...select} {...control} className={clsx(styles.control, styles.select, select.className)}>
          {children}
        </select>
      )}
    </Field>
  );
}
