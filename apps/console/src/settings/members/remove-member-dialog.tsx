import { useQueryClient } from '@tanstack/react-query';

import { answerOf, api } from '../../api/client';
import { keys } from '../../api/connections';
import { useMe, type Member } from '../../api/me';
import { Button } from '../../ui/button';
import { CurlCommand } from '../../ui/curl-command';
import { Dialog, DialogActions } from '../../ui/dialog';
import { ErrorNotice } from '../../ui/error-notice';
import { notify } from '../../ui/notices';
import { useSettingsWrite } from '../settings-queries';
import settings from '../settings.module.css';

interface RemoveMemberDialogProps {
  readonly member: Member;
  readonly onClose: () => void;
}

export default function RemoveMemberDialog({ member, onClose }: RemoveMemberDialogProps) {
  const me = useMe();
  const client = useQueryClient();
  const isSelf = member.user_id === me.user_id;
  const remove = useSettingsWrite(() =>
    answerOf(api.DELETE('/api/platform/v1/members/{id}', { params: { path: { id: member.user_id } } })),
  );
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        notify(`${member.name} is no member any more.`);
        void client.invalidateQueries({ queryKey: keys.all });
        onClose();
      },
    });
  return (
    <Dialog open onClose={onClose} title={isSelf ? 'Leave this workspace?' : `Remove ${member.name}?`}>
      <div className={settings.stack}>
        <div>
          <h3>What ends, within a second</h3>
          <ul className={settings.list}>
            <li>{isSelf ? 'Your' : 'Their'} sessions here and API keys.</li>
            <li>{isSelf ? 'Your' : 'Their'} ownership of personal connections.</li>
            <li>
              Syncs of personal connections, such as a mailbox, that rest on {isSelf ? 'your' : 'their'}{' '}
              consent: these pause.
            </li>
          </ul>
        </div>
        <div>
          <h3>What stays</h3>
          <ul className={settings.list}>
            <li>Connections of the workspace, and all records that were read.</li>
            <li>What the audit says of {isSelf ? 'you' : 'them'}.</li>
          </ul>
        </div>
        {remove.error && <ErrorNotice error={remove.error} what="Nobody was removed." />}
      </div>
      <CurlCommand method="DELETE" path={`/members/${member.user_id}`} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" busy={remove.isPending} onClick={confirm}>
          {isSelf ? 'Leave' : 'Remove'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
