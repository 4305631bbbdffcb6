import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';

import { membersQuery } from '../../api/me';
import { Button } from '../../ui/button';
import { SelectField, TextField } from '../../ui/field';
import { outcomes } from '../settings-search';
import type { AuditFilters } from './audit-query';
import { actionIds, actionWords, outcomeWords } from './audit-words';
import styles from './audit.module.css';

interface AuditFilterBarProps {
  readonly filters: AuditFilters;
  /** What the target that is asked for is called, where an entry tells. */
  readonly targetName: string | undefined;
  readonly onChange: (filters: AuditFilters) => void;
}

export function AuditFilterBar({ filters, targetName, onChange }: AuditFilterBarProps) {
  const { data } = useQuery(membersQuery);
  const { actor, action, target, outcome, from, to } = filters;
  const members = data?.members ?? [];
  const set = (part: AuditFilters) => onChange({ ...filters, ...part });
  return (
    <div className={styles.filters} role="search" aria-label="Filter the audit">
      <SelectField
        label="Who"
        value={actor ?? ''}
        onChange={({ target: { value } }) => set({ actor: value || undefined })}
      >
        <option value="">Anybody</option>
        {members.map(({ user_id: id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {actor && !members.some(({ user_id: id }) => id === actor) && (
          <option value={actor}>Somebody who left</option>
        )}
      </SelectField>
      <SelectField
        label="What"
        value={action ?? ''}
        onChange={({ target: { value } }) => set({ action: value || undefined })}
      >
        <option value="">Anything</option>
        {actionIds.map((id) => (
          <option key={id} value={id}>
            {actionWords(id)}
          </option>
        ))}
        {action && !actionIds.includes(action) && <option value={action}>{action}</option>}
      </SelectField>
      <SelectField
        label="Outcome"
        value={outcome ?? ''}
        onChange={({ target: { value } }) => set({ outcome: outcomes.find((one) => one === value) })}
      >
        <option value="">Any</option>
        {outcomes.map((one) => (
          <option key={one} value={one}>
            {outcomeWords[one]}
          </option>
        ))}
      </SelectField>
      <TextField
        label="From"
        type="date"
        value={from ?? ''}
        max={to}
        onChange={({ target: { value } }) => set({ from: value || undefined })}
      />
      <TextField
        label="To"
        type="date"
        value={to ?? ''}
        min={from}
        onChange={({ target: { value } }) => set({ to: value || undefined })}
      />
      {Object.values(filters).some((value) => value !== undefined) && (
        <div className={styles.chosen}>
          {target !== undefined && (
            <div className={styles.chip}>
              <span>
                Only about <b dir="auto">{targetName ?? target}</b>
              </span>
              <Button
                look="quiet"
                size="s"
                icon={X}
                aria-label="Show all targets"
                onClick={() => set({ target: undefined })}
              />
            </div>
          )}
          <Button look="quiet" size="s" onClick={() => onChange({})}>
            Clear filters
          </Button>
        </div>
      )}
    </div>
  );
}
