import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';

import type { CatalogEntry } from '../../connectors/catalog';
import { Button } from '../../ui/button';
import { Field } from '../../ui/field';
import fieldStyles from '../../ui/field.module.css';
import styles from './key-field.module.css';

interface KeyFieldProps {
  /** Of which the key is; undefined while the catalog is on its way. */
  readonly connector: CatalogEntry | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
}

/** Where a key is pasted, with the connector's own words on where to make it. Hidden, unless one asks to see it. */
export function KeyField({ connector, value, onChange, error }: KeyFieldProps) {
  const [shown, setShown] = useState(false);
  const credential = connector?.credential;
  const help = credential && (
    <>
      {credential.help}{' '}
      {credential.help_url && (
        <a href={credential.help_url} target="_blank" rel="noreferrer">
          How to make one
        </a>
      )}
    </>
  );
  return (
    <Field label={credential?.label ?? 'API key'} help={help} error={error}>
      {(control) => (
        <div className={styles.row}>
          <input
            {...control}
            className={fieldStyles.control}
            type={shown ? 'text' : 'password'}
            // It is no password of this site: password managers keep out of it.
            autoComplete="off"
            data-1p-ignore
            spellCheck={false}
            placeholder={credential?.placeholder ?? ''}
            value={value}
            autoFocus
            onChange={({ target }) => onChange(target.value)}
          />
          <Button
            icon={shown ? EyeOff : Eye}
            aria-label={shown ? 'Hide the key' : 'Show the key'}
            onClick={() => setShown(!shown)}
          />
        </div>
      )}
    </Field>
  );
}
