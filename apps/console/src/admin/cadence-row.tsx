import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { answerOf, api } from '../api/client';
import { Logo } from '../connectors/logo';
import settings from '../settings/settings.module.css';
import { Button } from '../ui/button';
import { ErrorNotice } from '../ui/error-notice';
import { SelectField } from '../ui/field';
import { notify } from '../ui/notices';
import { RelativeTime } from '../ui/time';
import { everyInterval } from '../ui/time-words';
import type { Cadence } from './cadence-page';
import styles from './cadence.module.css';

const presets = ['1m', '10m', '30m', '1h', '6h', '1d'] as const;
type Preset = (typeof presets)[number];

interface CadenceRowProps {
  readonly cadence: Cadence;
  readonly name: string;
  readonly writes: boolean;
}

export function CadenceRow({ cadence, name, writes }: CadenceRowProps) {
  const { override, updated_by: by, updated_at: at } = cadence;
  return (
    <tr>
      <th scope="row" className={settings.wide}>
        <span className={styles.connector}>
          <Logo type={cadence.connector_type} name={name} />
          <span className={settings.name}>{name}</span>
        </span>
      </th>
      <td className={settings.nowrap}>{capital(everyInterval(cadence.default_interval))}</td>
      <td className={styles.override}>
        {writes ? (
          <Override cadence={cadence} name={name} />
        ) : override ? (
          capital(everyInterval(override))
        ) : (
          <span className={settings.quiet}>None</span>
        )}
      </td>
      <td className={settings.nowrap}>
        <span className={override ? settings.title : undefined}>
          {capital(everyInterval(cadence.effective_interval))}
        </span>
      </td>
      <td className={styles.by}>
        {by && at ? (
          <>
            <span dir="auto">{by.name ?? 'Somebody who left'}</span>
            <span className={styles.when}>
              <RelativeTime at={at} />
            </span>
          </>
        ) : (
          <span className={settings.quiet}>Never changed</span>
        )}
      </td>
    </tr>
  );
}

/** A choice takes effect with a press of its own: one that reaches every workspace is not made by moving through a list. */
function Override({ cadence, name }: { readonly cadence: Cadence; readonly name: string }) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Preset | '' | null>(null);
  const { connector_type: type, override } = cadence;
  const set = useMutation({
    mutationFn: (interval: Preset | null) =>
      answerOf(
        api.PUT('/api/admin/connector-cadence/{type}', {
          params: { path: { type } },
          body: { sync_interval: interval as never },
        }),
      ),
    onSuccess: async ({ effective_interval: now }) => {
      await client.invalidateQueries({ queryKey: ['settings', 'cadence'] });
      void client.invalidateQueries({ queryKey: ['connections'] });
      setChosen(null);
      notify(`${name} syncs ${everyInterval(now)} now, in every workspace.`);
    },
  });
  const value = chosen ?? override ?? '';
  const isChanged = chosen !== null && chosen !== (override ?? '');
  return (
    <div className={styles.set}>
      <SelectField
        label={`Override for ${name}`}
        hideLabel
        value={value}
        onChange={({ target }) => {
          set.reset();
          setChosen(presets.find((preset) => preset === target.value) ?? '');
        }}
      >
        <option value="">None</option>
        {presets.map((preset) => (
          <option key={preset} value={preset}>
            {capital(everyInterval(preset))}
          </option>
        ))}
      </SelectField>
      {isChanged ? (
        <>
          <Button look="primary" size="s" busy={set.isPending} onClick={() => set.mutate(chosen || null)}>
            {chosen === '' ? 'Back to the default' : 'Apply everywhere'}
          </Button>
          <Button look="quiet" size="s" onClick={() => setChosen(null)}>
            Cancel
          </Button>
        </>
      ) : (
        override && (
          <Button look="quiet" size="s" busy={set.isPending} onClick={() => set.mutate(null)}>
            Back to the default
          </Button>
        )
      )}
      {set.error && <ErrorNotice error={set.error} what={`${name} syncs as before.`} />}
    </div>
  );
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
