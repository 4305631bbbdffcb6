import { useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';

import { answerOf, api, type Answer } from '../../api/client';
import { useCan } from '../../api/me';
import { Dialog } from '../../ui/dialog';
import { apiKeysQuery } from '../settings-queries';
import { MakeKeyForm, type WantedKey } from './make-key-form';
import { NewKey } from './new-key';

interface MakeKeyDialogProps {
  readonly onClose: () => void;
  /** Closes it although the key was not copied. */
  readonly onAbandon: () => void;
}

/**
 * Makes a key and shows it this once. It lives in this component alone: no query or mutation keeps it, and closing without
 * having copied it has to be said twice.
 */
export default function MakeKeyDialog({ onClose, onAbandon }: MakeKeyDialogProps) {
  const client = useQueryClient();
  const can = useCan();
  const [made, setMade] = useState<Answer<'api_keys.create'> | null>(null);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [isCopied, setCopied] = useState(false);
  const [asks, setAsks] = useState(false);
  const isAtRisk = made !== null && !isCopied;
  useBlocker({
    // The back key or a link would take the key along, as the cross would.
    shouldBlockFn: () => {
      setAsks(true);
      return true;
    },
    enableBeforeUnload: isAtRisk,
    disabled: !isAtRisk,
  });
  const make = async (body: WantedKey) => {
    setPending(true);
    setError(null);
    try {
      setMade(await answerOf(api.POST('/api/platform/v1/api-keys', { body })));
      void client.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
    } catch (reason) {
      setError(reason);
    } finally {
      setPending(false);
    }
  };
  // A key that is there is shown, whatever was taken away meanwhile.
  if (!made && !can('api_keys.create')) return null;
  const close = isAtRisk ? () => setAsks(true) : onClose;
  return (
    <Dialog open onClose={close} title={made ? 'Your new API key' : 'Make an API key'}>
      {made ? (
        <NewKey
          made={made}
          asks={asks && isAtRisk}
          onCopied={() => setCopied(true)}
          onStay={() => setAsks(false)}
          onAbandon={onAbandon}
          onClose={close}
        />
      ) : (
        <MakeKeyForm
          isPending={isPending}
          error={error}
          onSubmit={(wanted) => void make(wanted)}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
