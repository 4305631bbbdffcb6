import { useState, type FormEvent } from 'react';

import { ApiError } from '../../api/errors';
import { useMe } from '../../api/me';
import { Button } from '../../ui/button';
import { CurlCommand } from '../../ui/curl-command';
import { DialogActions } from '../../ui/dialog';
import { ErrorNotice } from '../../ui/error-notice';
import { SelectField, TextField } from '../../ui/field';
import settings from '../settings.module.css';
import { lifetimes, READ_ONLY, scopeWords, type Lifetime } from './scope-words';
import styles from './api-keys.module.css';

export interface WantedKey {
  readonly name: string;
  readonly scopes: string[];
  readonly expires_in: Lifetime;
}

interface MakeKeyFormProps {
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onSubmit: (wanted: WantedKey) => void;
  readonly onCancel: () => void;
}

/** What a new key shall be called, may do, and how long it lives. */
export function MakeKeyForm({ isPending, error, onSubmit, onCancel }: MakeKeyFormProps) {
  const { scopes: held } = useMe();
  const offered = scopeWords.filter(([scope]) => held.includes(scope));
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>(READ_ONLY);
  const [lifetime, setLifetime] = useState<Lifetime>('90d');
  // What was taken away while the dialog was open is not asked for.
  const scopes = offered.map(([scope]) => scope).filter((scope) => chosen.includes(scope));
  const wanted = { name: name.trim(), scopes, expires_in: lifetime };
  const faults = error instanceof ApiError ? error.fields : new Map<string, string>();
  const nameFault = faults.get('name');
  const scopesFault = faults.get('scopes');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) onSubmit(wanted);
  };
  return (
    <form onSubmit={submit} noValidate className={settings.stack}>
      <TextField
        label="Name"
        value={name}
        maxLength={100}
        autoFocus
        placeholder="Warehouse export"
        onChange={({ target }) => setName(target.value)}
        error={nameFault && `The name ${nameFault}.`}
        help="By what you will know it again: who uses it, and where."
      />
      <fieldset className={settings.choices}>
        <legend>What it may do</legend>
        <div className={styles.presets}>
          <Button size="s" aria-pressed={same(scopes, READ_ONLY)} onClick={() => setChosen(READ_ONLY)}>
            Read only (for an agent)
          </Button>
          <Button
            size="s"
            aria-pressed={scopes.length === offered.length}
            onClick={() => setChosen(offered.map(([scope]) => scope))}
          >
            All that you may
          </Button>
        </div>
        {offered.map(([scope, what]) => (
          <label key={scope} className={styles.scope}>
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={({ target }) =>
                setChosen(target.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope))
              }
            />
            <span>
              {what} <code>{scope}</code>
            </span>
          </label>
        ))}
        {scopesFault && (
          <p className={styles.fault} role="alert">
            Choose at least one.
          </p>
        )}
      </fieldset>
      <SelectField
        label="Expires"
        value={lifetime}
        onChange={({ target }) => setLifetime(target.value as Lifetime)}
        help="It cannot be prolonged: make another one before it ends."
      >
        {lifetimes.map(([value, words]) => (
          <option key={value} value={value}>
            {value === 'never' ? words : `In ${words.replace('A year', 'a year')}`}
          </option>
        ))}
      </SelectField>
      {error !== null && !nameFault && !scopesFault && <ErrorNotice error={error} what="No key was made." />}
      <CurlCommand method="POST" path="/api-keys" body={wanted} />
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit" busy={isPending}>
          Make the key
        </Button>
      </DialogActions>
    </form>
  );
}

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));
