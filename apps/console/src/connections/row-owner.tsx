import { useQuery } from '@tanstack/react-query';

import type { Connection } from '../api/connections';
import { membersQuery, useCan } from '../api/me';
import { useUpdateConnection } from '../connection/actions';
import { SelectField } from '../ui/field';
import { notify, notifyError } from '../ui/notices';
import styles from './row-owner.module.css';

/** To whom a personal connection is attributed; nothing for those of the whole workspace. */
export function RowOwner({ connection }: { readonly connection: Connection }) {
  if (connection.ownership !== 'personal') return <span className={styles.none} />;
  return <Picker connection={connection} />;
}

function Picker({ connection: { id, name, owner_user_id: owner } }: { readonly connection: Connection }) {
  const { data } = useQuery(membersQuery);
  const can = useCan();
  const update = useUpdateConnection(id);
  const members = data?.members ?? [];
  const nameOf = (userId: string) =>
    members.find((member) => member.user_id === userId)?.name ?? 'a former member';
  if (!can('connections.update')) {
    return <span className={styles.owner}>{owner === null ? 'no owner' : nameOf(owner)}</span>;
  }
  const choose = (userId: string | null) =>
    update.mutate(
      { owner_user_id: userId },
      {
        onSuccess: () =>
          notify(userId ? `${name} now belongs to ${nameOf(userId)}.` : `${name} has no owner now.`),
        onError: (error) => notifyError('The owner is not changed.', error),
      },
    );
  return (
    <div className={styles.owner}>
      <SelectField
        label={`Owner of ${name}`}
        hideLabel
        value={update.isPending ? (update.variables.owner_user_id ?? '') : (owner ?? '')}
        disabled={update.isPending || !data}
        onChange={({ target }) => choose(target.value || null)}
      >
        <option value="">No owner</option>
        {owner !== null && !members.some((member) => member.user_id === owner) && (
          <option value={owner}>{data ? 'A former member' : '…'}</option>
        )}
        {members.map(({ user_id: userId, name: member }) => (
          <option key={userId} value={userId}>
            {member}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
