import { useState, type FormEvent } from 'react';

import { ApiError } from '../../api/errors';
import { useConnector } from '../../connectors/catalog';
import { Logo } from '../../connectors/logo';
import { Button } from '../../ui/button';
import { CurlCommand } from '../../ui/curl-command';
import { Dialog, DialogActions } from '../../ui/dialog';
import { ErrorNotice } from '../../ui/error-notice';
import { useReconnect } from '../actions';
import type { DialogOfConnection } from './connection-dialogs';
import { KeyField } from './key-field';

/** Faults that concern the key itself, and so belong beside it. */
const OF_THE_KEY = new Set(['credentials_rejected', 'account_mismatch']);

/** Asks for another API key. What signs in at the provider needs no dialog. */
export default function ReconnectDialog({ connection, onClose }: DialogOfConnection) {
  const [key, setKey] = useState('');
  const connector = useConnector(connection.connector_type);
  const reconnect = useReconnect(connection);
  const error = reconnect.error instanceof ApiError ? reconnect.error : undefined;
  const fault = error && (OF_THE_KEY.has(error.code) ? error.message : error.fields.get('api_key'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!reconnect.isPending && key.trim()) reconnect.mutate({ api_key: key.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Reconnect ${connection.name}`}
      mark={<Logo type={connection.connector_type} name={connector?.name ?? connection.name} />}
    >
      <form onSubmit={submit} noValidate>
        <KeyField connector={connector} value={key} onChange={setKey} error={fault} />
        <p>
          {connection.account_label
            ? `The key has to be one of ${connection.account_label}. `
            : 'The key has to be one of the same account. '}
          It is checked before it replaces the old one; the connection, its records and its history stay.
        </p>
        {reconnect.error && fault === undefined && <ErrorNotice error={reconnect.error} />}
        <CurlCommand method="POST" path={`/connections/${connection.id}/reconnect`} body={{ api_key: '…' }} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={reconnect.isPending} disabled={!key.trim()}>
            Reconnect
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
