import { useState, type FormEvent } from 'react';

import { ApiError } from '../../api/errors';
import { Button } from '../../ui/button';
import { CurlCommand } from '../../ui/curl-command';
import { Dialog, DialogActions } from '../../ui/dialog';
import { ErrorNotice } from '../../ui/error-notice';
import { TextField } from '../../ui/field';
import { notify } from '../../ui/notices';
import { useUpdateConnection } from '../actions';
import type { DialogOfConnection } from './connection-dialogs';

export default function RenameDialog({ connection, onClose }: DialogOfConnection) {
  const [name, setName] = useState(connection.name);
  const update = useUpdateConnection(connection.id);
  const fault = update.error instanceof ApiError ? update.error.fields.get('name') : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (update.isPending) return;
    if (name === connection.name) return onClose();
    update.mutate(
      { name },
      {
        onSuccess: () => {
          notify(`Renamed to ${name}.`);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog open onClose={onClose} title={`Rename ${connection.name}`}>
      <form onSubmit={submit} noValidate>
        <TextField
          label="Name"
          value={name}
          maxLength={100}
          autoFocus
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => setName(target.value)}
          error={fault && `The name ${fault}.`}
          help="1 to 100 characters. Records and history stay as they are."
        />
        {update.error && fault === undefined && <ErrorNotice error={update.error} />}
        <CurlCommand method="PATCH" path={`/connections/${connection.id}`} body={{ name }} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={update.isPending} disabled={name.trim() === ''}>
            Rename
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
