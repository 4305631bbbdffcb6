import { answerOf, api } from '../../api/client';
import { useMe } from '../../api/me';
import { Button } from '../../ui/button';
import { CurlCommand } from '../../ui/curl-command';
import { Dialog, DialogActions } from '../../ui/dialog';
import { ErrorNotice } from '../../ui/error-notice';
import { notify } from '../../ui/notices';
import { useSettingsWrite } from '../settings-queries';
import { useAccessDraft } from './access-draft';

export default function ClearPolicyDialog({ onClose }: { readonly onClose: () => void }) {
  const { workspace } = useMe();
  const { discard } = useAccessDraft(workspace.id, null);
  const clear = useSettingsWrite(() => answerOf(api.DELETE('/api/platform/v1/settings/access/connections')));
  const confirm = () =>
    clear.mutate(undefined, {
      onSuccess: () => {
        discard();
        notify('No policy holds any more: everyone has full access.');
        onClose();
      },
    });
  return (
    <Dialog open onClose={onClose} title="Return to no policy?">
      <p>
        Everyone sees connections again, and changes of them what their role allows. What roles and exceptions
        say now is not kept.
      </p>
      {clear.error && <ErrorNotice error={clear.error} what="The policy still holds." />}
      <CurlCommand method="DELETE" path="/settings/access/connections" />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" busy={clear.isPending} onClick={confirm}>
          Return to no policy
        </Button>
      </DialogActions>
    </Dialog>
  );
}
