import { Button } from '../../ui/button';
import { CurlCommand } from '../../ui/curl-command';
import { Dialog, DialogActions } from '../../ui/dialog';
import { ErrorNotice } from '../../ui/error-notice';
import { notify } from '../../ui/notices';
import { useDisconnect } from '../actions';
import type { DialogOfConnection } from './connection-dialogs';
import styles from './disconnect-dialog.module.css';

export default function DisconnectDialog({ connection, onClose }: DialogOfConnection) {
  const disconnect = useDisconnect(connection.id);
  const confirm = () =>
    disconnect.mutate(undefined, {
      onSuccess: () => {
        notify(`${connection.name} is disconnected. Its records and its history are kept.`);
        onClose();
      },
    });
  return (
    <Dialog open onClose={onClose} title={`Disconnect ${connection.name}?`}>
      <div className={styles.columns}>
        <section>
          <h3>What ends</h3>
          <ul>
            <li>Syncs: one that is running stops at its next page.</li>
            <li>Our access: the credentials are wiped, and revoked at the provider where it lets us.</li>
          </ul>
        </section>
        <section>
          <h3>What stays</h3>
          <ul>
            <li>All records that were read, and the history of syncs.</li>
            <li>This connection: connect the same account again, and it goes on where it was.</li>
          </ul>
        </section>
      </div>
      {disconnect.error && <ErrorNotice error={disconnect.error} what="It is not disconnected." />}
      <CurlCommand method="DELETE" path={`/connections/${connection.id}`} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" busy={disconnect.isPending} onClick={confirm}>
          Disconnect
        </Button>
      </DialogActions>
    </Dialog>
  );
}
