import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';

import { membersQuery } from '../../api/me';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { SelectField } from '../../ui/field';
import { Section } from '../../ui/page';
import { Table } from '../../ui/table';
import type { AccessPolicy, Level } from '../settings-queries';
import settings from '../settings.module.css';
import styles from './access.module.css';
import { effect } from './access-words';
import { LevelHead, LevelRow } from './level-row';

interface ExceptionsProps {
  readonly policy: AccessPolicy;
  readonly saved: AccessPolicy | null;
  /** What the API says is wrong, by path such as `members.<id>`. */
  readonly faults: ReadonlyMap<string, string>;
  readonly onSet: (userId: string, level: Level) => void;
  readonly onRemove: (userId: string) => void;
}

/** Members for whom another level holds than their role's. */
export function Exceptions({ policy, saved, faults, onSet, onRemove }: ExceptionsProps) {
  const { data } = useQuery(membersQuery);
  const members = data?.members ?? [];
  const entries = Object.entries(policy.members);
  return (
    <Section title="Exceptions" flush>
      {entries.length === 0 ? (
        <p className={styles.none}>Nobody: for every member holds what their role says.</p>
      ) : (
        <Table label="Access by member">
          <LevelHead first="Member" withEnd />
          <tbody>
            {entries.map(([id, level]) => {
              const member = members.find(({ user_id: userId }) => userId === id);
              const who = member?.name ?? 'Somebody who left';
              const fault = faults.get(`members.${id}`);
              return (
                <LevelRow
                  key={id}
                  who={who}
                  aside={member && <span className={settings.tag}>{member.role}</span>}
                  effect={member ? effect(who, member.role, level) : 'This exception has no effect any more.'}
                  level={level}
                  isChanged={saved?.members[id] !== level}
                  error={fault && `This ${fault}.`}
                  onChange={(next) => onSet(id, next)}
                  end={
                    <Button
                      look="quiet"
                      size="s"
                      icon={X}
                      aria-label={`Remove the exception for ${who}`}
                      onClick={() => {
                        onRemove(id);
                        announce(`The exception for ${who} is removed, not saved yet.`);
                      }}
                    />
                  }
                />
              );
            })}
          </tbody>
        </Table>
      )}
      <AddException
        candidates={members.filter(({ user_id: id }) => policy.members[id] === undefined)}
        onAdd={(id) =>
          onSet(id, policy.roles[members.find(({ user_id: other }) => other === id)?.role ?? 'viewer'])
        }
      />
    </Section>
  );
}

function AddException({
  candidates,
  onAdd,
}: {
  readonly candidates: readonly { readonly user_id: string; readonly name: string; readonly email: string }[];
  readonly onAdd: (userId: string) => void;
}) {
  const [chosen, setChosen] = useState('');
  const isThere = candidates.some(({ user_id: id }) => id === chosen);
  if (candidates.length === 0) return null;
  return (
    <div className={styles.add}>
      <SelectField
        label="Add an exception for"
        value={isThere ? chosen : ''}
        onChange={({ target }) => setChosen(target.value)}
      >
        <option value="">Choose a member</option>
        {candidates.map(({ user_id: id, name, email }) => (
          <option key={id} value={id}>
            {name} ({email})
          </option>
        ))}
      </SelectField>
      <Button icon={Plus} disabled={!isThere} onClick={() => onAdd(chosen)}>
        Add
      </Button>
    </div>
  );
}
