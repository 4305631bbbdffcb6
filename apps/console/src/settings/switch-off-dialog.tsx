import { Button } from '../ui/button';
import { CurlCommand } from '../ui/curl-command';
import { Dialog, DialogActions } from '../ui/dialog';
import { ErrorNotice } from '../ui/error-notice';
import { notify } from '../ui/notices';
import { useSwitchApp } from './settings-queries';
import styles from './settings.module.css';

export default function SwitchOffDialog({ onClose }: { readonly onClose: () => void }) {
  const change = useSwitchApp();
  const confirm = () =>
    change.mutate(false, {
      onSuccess: () => {
        notify('Connections is switched off. Syncing goes on.');
        onClose();
      },
    });
  return (
    <Dialog open onClose={onClose} title="Switch Connections off?">
      <p>For everybody in this workspace, you included, and within a second:</p>
      <ul className={styles.list}>
        <li>Its pages are gone from this app.</li>
        <li>The API and MCP refuse every call about connections, agents’ included.</li>
        <li>Syncing goes on, and all connections and records are kept.</li>
      </ul>
      {change.error && <ErrorNotice error={change.error} what="It is not switched off." />}
      <CurlCommand method="PUT" path="/settings/apps/connections" body={{ enabled: false }} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" busy={change.isPending} onClick={confirm}>
          Switch off
        </Button>
      </DialogActions>
    </Dialog>
  );
}
