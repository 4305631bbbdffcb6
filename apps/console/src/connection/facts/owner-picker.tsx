import { useQuery } from '@tanstack/react-query';

import { ApiError } from '../../api/errors';
import type { Connection } from '../../api/connections';
import { membersQuery, useAdmins, useCan } from '../../api/me';
import { Fact } from '../../ui/facts';
import { SelectField } from '../../ui/field';
import { notify } from '../../ui/notices';
import { useUpdateConnection } from '../actions';

const NOBODY = '';
const EFFECT =
  'Says whose it is, and changes nothing else: its records stay readable only by the member who connected it.';

/** Who a personal connection is attributed to; a choice is kept at once. */
export function OwnerPicker({ connection }: { readonly connection: Connection }) {
  const { id, owner_user_id: owner } = connection;
  const members = useQuery(membersQuery).data?.members;
  const update = useUpdateConnection(id);
  const can = useCan();
  const admins = useAdmins();
  const known = members?.find(({ user_id: user }) => user === owner);
  if (!can('connections.update')) {
    return (
      <Fact name="Owner" hint={`${EFFECT} To set it, ask ${admins} for Write access.`}>
        <span dir="auto">{owner === null ? 'Nobody' : (known?.name ?? 'A former member')}</span>
      </Fact>
    );
  }
  const choose = (value: string) => {
    const chosen = value === NOBODY ? null : value;
    update.mutate(
      { owner_user_id: chosen },
      {
        onSuccess: () => {
          const name = members?.find(({ user_id: user }) => user === chosen)?.name;
          notify(chosen === null ? 'It has no owner now.' : `${name ?? 'The member'} is the owner now.`);
        },
      },
    );
  };
  // What was chosen is shown while it is being kept, and what holds after a refusal.
  const shown = update.isPending ? (update.variables.owner_user_id ?? NOBODY) : (owner ?? NOBODY);
  return (
    <div>
      <dt className="visually-hidden">Owner</dt>
      <dd>
        <SelectField
          label="Owner"
          help={EFFECT}
          value={shown}
          error={update.error ? faultOf(update.error) : undefined}
          disabled={!members || update.isPending}
          onChange={({ target }) => choose(target.value)}
        >
          <option value={NOBODY}>Nobody</option>
          {owner !== null && members && !known && <option value={owner}>A former member</option>}
          {members?.map(({ user_id: user, name, email }) => (
            <option key={user} value={user}>
              {name} ({email})
            </option>
          ))}
        </SelectField>
      </dd>
    </div>
  );
}

function faultOf(error: Error): string {
  if (!(error instanceof ApiError)) return 'The owner is not changed. Try again.';
  const fault = error.fields.get('owner_user_id');
  return `The owner is not changed: ${fault ? `it ${fault}.` : error.message}`;
}
