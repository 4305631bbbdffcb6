import { useState, type FormEvent, type ReactNode } from 'react';

import { ApiError } from '../../api/errors';
import { KeyField } from '../../connection/dialogs/key-field';
import type { CatalogEntry } from '../../connectors/catalog';
import { Logo } from '../../connectors/logo';
import { Button } from '../../ui/button';
import { CurlCommand } from '../../ui/curl-command';
import { Dialog, DialogActions } from '../../ui/dialog';
import { ErrorNotice } from '../../ui/error-notice';
import { TextField } from '../../ui/field';
import { useConnect, type ConnectFields } from './use-connect';
import styles from './connect-dialog.module.css';

interface ConnectDialogProps {
  readonly entry: CatalogEntry;
  readonly onClose: () => void;
}

/** Asks for what a connector's method takes: a key, a handle, or leave to go to the provider. */
export default function ConnectDialog({ entry, onClose }: ConnectDialogProps) {
  switch (entry.auth_method) {
    case 'api_key':
      return <KeyForm entry={entry} onClose={onClose} />;
    case 'handle':
      return <HandleForm entry={entry} onClose={onClose} />;
    case 'oauth':
      return <ConsentForm entry={entry} onClose={onClose} />;
  }
}

/** Faults that concern the one field, and so belong beside it, by the field's name in the API. */
const OF_FIELD: Readonly<Record<string, readonly string[]>> = {
  api_key: ['credentials_rejected'],
  account_handle: ['handle_not_found', 'handle_unsupported', 'account_mismatch'],
};

function faultOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return OF_FIELD[field]?.includes(error.code) ? error.message : error.fields.get(field);
}

function KeyForm({ entry, onClose }: ConnectDialogProps) {
  const [key, setKey] = useState('');
  const [name, setName] = useState('');
  const connect = useConnect(entry);
  const fault = faultOf(connect.error, 'api_key');
  const fields = { api_key: key.trim(), ...(name.trim() && { name: name.trim() }) };
  return (
    <ConnectForm
      {...{ entry, onClose, connect, fields }}
      ready={key.trim() !== ''}
      shown={{ ...fields, api_key: '…' }}
      inPlace={fault !== undefined || faultOf(connect.error, 'name') !== undefined}
    >
      <KeyField connector={entry} value={key} onChange={setKey} error={fault} />
      <TextField
        label="Name (optional)"
        value={name}
        maxLength={100}
        placeholder={entry.name}
        onChange={({ target }) => setName(target.value)}
        error={faultOf(connect.error, 'name')}
      />
      <p className={styles.note}>
        The key is checked at {entry.name} first, then stored encrypted. Nobody can read it again, also you.
      </p>
    </ConnectForm>
  );
}

function HandleForm({ entry, onClose }: ConnectDialogProps) {
  const [handle, setHandle] = useState('');
  const connect = useConnect(entry);
  const fault = faultOf(connect.error, 'account_handle');
  const fields = { account_handle: handle.trim() };
  const { credential } = entry;
  return (
    <ConnectForm
      {...{ entry, onClose, connect, fields }}
      ready={handle.trim() !== ''}
      shown={fields}
      inPlace={fault !== undefined}
    >
      <TextField
        label={credential?.label ?? 'Handle'}
        value={handle}
        placeholder={credential?.placeholder ?? '@acme'}
        autoFocus
        autoCapitalize="none"
        spellCheck={false}
        onChange={({ target }) => setHandle(target.value)}
        error={fault}
        help={
          <>
            {credential?.help ?? 'A handle, or the address of the profile.'}{' '}
            {credential?.help_url && (
              <a href={credential.help_url} target="_blank" rel="noreferrer">
                More about it
              </a>
            )}
          </>
        }
      />
    </ConnectForm>
  );
}

function ConsentForm({ entry, onClose }: ConnectDialogProps) {
  const connect = useConnect(entry);
  return (
    <ConnectForm
      {...{ entry, onClose, connect }}
      fields={{}}
      ready
      shown={{}}
      go={`Continue to ${entry.name}`}
    >
      <p>
        You go to {entry.name}, sign in there and approve what is read. Then you come back here, and the first
        sync begins.
        {entry.ownership === 'personal' && ' It becomes your own mailbox’s connection.'}
      </p>
    </ConnectForm>
  );
}

interface ConnectFormProps extends ConnectDialogProps {
  readonly connect: ReturnType<typeof useConnect>;
  readonly fields: ConnectFields;
  /** What the command shows, without a secret. */
  readonly shown: object;
  readonly ready: boolean;
  /** The fault is shown beside its field already. */
  readonly inPlace?: boolean;
  readonly go?: string;
  readonly children: ReactNode;
}

function ConnectForm({
  entry,
  onClose,
  connect,
  fields,
  shown,
  ready,
  inPlace,
  go = 'Connect',
  children,
}: ConnectFormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!connect.isPending && ready) connect.mutate(fields, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Connect ${entry.name}`}
      mark={<Logo type={entry.type} name={entry.name} />}
    >
      <form onSubmit={submit} noValidate className={styles.form}>
        {children}
        {connect.error && !inPlace && (
          <ErrorNotice
            error={connect.error}
            what={`${entry.name} is not connected, and nothing was stored.`}
          />
        )}
        <CurlCommand method="POST" path="/connections" body={{ connector_type: entry.type, ...shown }} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={connect.isPending} disabled={!ready}>
            {go}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
