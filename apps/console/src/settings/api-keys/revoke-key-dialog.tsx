import { answerOf, api } from '../../api/client';
import { Button } from '../../ui/button';
import { CurlCommand } from '../../ui/curl-command';
import { Dialog, DialogActions } from '../../ui/dialog';
import { ErrorNotice } from '../../ui/error-notice';
import { notify } from '../../ui/notices';
import { RelativeTime } from '../../ui/time';
import { useSettingsWrite, type ApiKey } from '../settings-queries';

interface RevokeKeyDialogProps {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}

export default function RevokeKeyDialog({ apiKey, onClose }: RevokeKeyDialogProps) {
  const { id, name, last_used_at: lastUsed } = apiKey;
  const revoke = useSettingsWrite(() =>
    answerOf(api.DELETE('/api/platform/v1/api-keys/{id}', { params: { path: { id } } })),
  );
  const confirm = () =>
    revoke.mutate(undefined, {
      onSuccess: () => {
        notify(`The key ${name} is revoked.`);
        onClose();
      },
    });
  return (
    <Dialog open onClose={onClose} title={`Revoke ${name}?`}>
      <p>
        Whatever uses this key is refused within a second, and for good: a revoked key does not come back.{' '}
        {lastUsed ? (
          <>
            It was last used <RelativeTime at={lastUsed} />.
          </>
        ) : (
          'It was never used.'
        )}
      </p>
      {revoke.error && <ErrorNotice error={revoke.error} what="The key still works." />}
      <CurlCommand method="DELETE" path={`/api-keys/${id}`} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" busy={revoke.isPending} onClick={confirm}>
          Revoke
        </Button>
      </DialogActions>
    </Dialog>
  );
}
