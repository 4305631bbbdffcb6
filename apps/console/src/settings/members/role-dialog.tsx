import { useState, type FormEvent } from 'react';

import { answerOf, api } from '../../api/client';
import { useMe, type Member } from '../../api/me';
import { Button } from '../../ui/button';
import { CurlCommand } from '../../ui/curl-command';
import { Dialog, DialogActions } from '../../ui/dialog';
import { ErrorNotice } from '../../ui/error-notice';
import { notify } from '../../ui/notices';
import { useSettingsWrite, type Role } from '../settings-queries';
import settings from '../settings.module.css';
import { RoleChoice } from './role-choice';
import { roleWords } from './role-words';

interface RoleDialogProps {
  readonly member: Member;
  readonly onClose: () => void;
}

export default function RoleDialog({ member, onClose }: RoleDialogProps) {
  const [role, setRole] = useState<Role>(member.role);
  const me = useMe();
  const change = useSettingsWrite((next: Role) =>
    answerOf(
      api.PATCH('/api/platform/v1/members/{id}', {
        params: { path: { id: member.user_id } },
        body: { role: next },
      }),
    ),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    if (role === member.role) return onClose();
    change.mutate(role, {
      onSuccess: () => {
        notify(`${member.name} is ${roleWords[role].name.toLowerCase()} now.`);
        onClose();
      },
    });
  };
  const losesOwn = member.user_id === me.user_id && member.role === 'admin' && role !== 'admin';
  return (
    <Dialog open onClose={onClose} title={`Role of ${member.name}`}>
      <form onSubmit={submit} noValidate className={settings.stack}>
        <RoleChoice value={role} onChange={setRole} autoFocus />
        <p className={settings.small}>
          {losesOwn
            ? 'This is your own role: you will not be able to change it back yourself.'
            : 'It holds within a second, for their API keys too: a key never may more than its owner.'}
        </p>
        {change.error && <ErrorNotice error={change.error} what="The role stays as it is." />}
        <CurlCommand method="PATCH" path={`/members/${member.user_id}`} body={{ role }} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button look={losesOwn ? 'danger' : 'primary'} type="submit" busy={change.isPending}>
            Change role
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
