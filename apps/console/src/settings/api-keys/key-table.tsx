import { membersQuery, useMe } from '../../api/me';
import { useQuery } from '@tanstack/react-query';

import { Button } from '../../ui/button';
import { Table } from '../../ui/table';
import { RelativeTime } from '../../ui/time';
import { absolute, day } from '../../ui/time-words';
import { useNow } from '../../ui/use-now';
import type { ApiKey } from '../settings-queries';
import settings from '../settings.module.css';
import styles from './api-keys.module.css';

interface KeyTableProps {
  readonly keys: readonly ApiKey[];
  /** Whether they are several members'. */
  readonly withOwner: boolean;
  readonly onRevoke: (id: string) => void;
}

export function KeyTable({ keys, withOwner, onRevoke }: KeyTableProps) {
  const me = useMe();
  const { data } = useQuery(membersQuery);
  const ownerOf = ({ user_id: id }: ApiKey) =>
    data?.members.find(({ user_id: userId }) => userId === id)?.name ?? 'Somebody who left';
  return (
    <Table label="API keys">
      <thead>
        <tr>
          <th scope="col">Name</th>
          {withOwner && <th scope="col">Owner</th>}
          <th scope="col">Scopes</th>
          <th scope="col">Created</th>
          <th scope="col">Last used</th>
          <th scope="col">Expires</th>
          <th scope="col">
            <span className="visually-hidden">Revoke</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <th scope="row" className={settings.wide}>
              <span className={settings.name} dir="auto">
                {key.name}
              </span>
              <code className={styles.prefix}>{key.prefix}…</code>
            </th>
            {withOwner && (
              <td className={styles.owner}>
                <span dir="auto">{ownerOf(key)}</span>{' '}
                {key.user_id === me.user_id && (
                  <span className={settings.tag} data-tone="accent">
                    You
                  </span>
                )}
              </td>
            )}
            <td>
              <div className={styles.scopes}>
                {key.scopes.map((scope) => (
                  <code key={scope}>{scope}</code>
                ))}
              </div>
            </td>
            <td className={settings.nowrap} title={absolute(key.created_at)}>
              {day(key.created_at)}
            </td>
            <td className={settings.nowrap}>
              {key.last_used_at ? <RelativeTime at={key.last_used_at} /> : 'Never'}
            </td>
            <td className={settings.nowrap}>
              <Expiry at={key.expires_at} />
            </td>
            <td className={settings.end}>
              <Button size="s" aria-label={`Revoke ${key.name}`} onClick={() => onRevoke(key.id)}>
                Revoke
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const SOON_MS = 7 * 24 * 60 * 60 * 1000;

/** When a key ends: plainly where it has, or is about to. */
function Expiry({ at }: { readonly at: string | null }) {
  const now = useNow(15_000);
  if (at === null) return 'Never';
  const left = Date.parse(at) - now;
  if (left > SOON_MS) return <span title={absolute(at)}>{day(at)}</span>;
  return (
    <span className={settings.tag} data-tone={left > 0 ? 'amber' : 'red'}>
      {left > 0 ? 'Ends' : 'Expired'} <RelativeTime at={at} />
    </span>
  );
}
