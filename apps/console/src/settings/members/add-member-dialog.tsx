import { useState, type FormEvent } from 'react';

import { answerOf, api } from '../../api/client';
import { ApiError } from '../../api/errors';
import { Button } from '../../ui/button';
import { CurlCommand } from '../../ui/curl-command';
import { Dialog, DialogActions } from '../../ui/dialog';
import { ErrorNotice } from '../../ui/error-notice';
import { TextField } from '../../ui/field';
import { notify } from '../../ui/notices';
import { useSettingsWrite, type Role } from '../settings-queries';
import settings from '../settings.module.css';
import { RoleChoice } from './role-choice';

interface NewMember {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

export default function AddMemberDialog({ onClose }: { readonly onClose: () => void }) {
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const add = useSettingsWrite((body: NewMember) => answerOf(api.POST('/api/platform/v1/members', { body })));
  const body = { email: email.trim(), name: name.trim(), role };
  const faults = faultsOf(add.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending) return;
    add.mutate(body, {
      onSuccess: () => {
        notify(`${body.name} is a member. They sign in with ${body.email}.`);
        onClose();
      },
    });
  };
  return (
    <Dialog open onClose={onClose} title="Add a member">
      <form onSubmit={submit} noValidate className={settings.stack}>
        <TextField
          label="E-mail"
          type="email"
          inputMode="email"
          value={email}
          autoFocus
          maxLength={254}
          onChange={({ target }) => setEmail(target.value)}
          error={faults.email}
          help="The address with which they sign in. Nothing is sent to it: tell them yourself."
        />
        <TextField
          label="Name"
          value={name}
          maxLength={100}
          onChange={({ target }) => setName(target.value)}
          error={faults.name}
        />
        <RoleChoice value={role} onChange={setRole} />
        {add.error && !faults.email && !faults.name && (
          <ErrorNotice error={add.error} what="Nobody was added." />
        )}
        <CurlCommand method="POST" path="/members" body={body} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={add.isPending}>
            Add
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** What concerns a field stands beside it; that somebody is there already, beside the address that says so. */
function faultsOf(error: unknown): { readonly email?: string; readonly name?: string } {
  if (!(error instanceof ApiError)) return {};
  if (error.code === 'member_exists') return { email: error.message };
  const [email, name] = [error.fields.get('email'), error.fields.get('name')];
  return {
    ...(email !== undefined && { email: `The address ${email}.` }),
    ...(name !== undefined && { name: `The name ${name}.` }),
  };
}
