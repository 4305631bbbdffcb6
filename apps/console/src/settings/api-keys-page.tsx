import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { lazy, Suspense } from 'react';

import { useCan } from '../api/me';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ErrorNotice } from '../ui/error-notice';
import { Page, Section } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { KeyTable } from './api-keys/key-table';
import { NotYours } from './not-yours';
import { apiKeysQuery } from './settings-queries';
import { useDialog } from './use-dialog';

const MakeKeyDialog = lazy(() => import('./api-keys/make-key-dialog'));
const RevokeKeyDialog = lazy(() => import('./api-keys/revoke-key-dialog'));

export default function ApiKeysPage() {
  const { data: keys, error, refetch } = useQuery(apiKeysQuery);
  const can = useCan();
  const { name, id, open, close, abandon } = useDialog();
  // Who may make keys manages them, and sees those of all.
  const manages = can('api_keys.create');
  const about = keys?.find((key) => key.id === id);
  return (
    <Page
      title="API keys"
      lead={
        manages
          ? 'Every key of this workspace. A key never may more than its owner.'
          : 'Keys of yours. A key never may more than you.'
      }
      actions={
        manages && (
          <Button look="primary" icon={Plus} onClick={() => open('make')}>
            Make a key
          </Button>
        )
      }
    >
      {!manages && keys && <NotYours what="Keys are made by admins." />}
      {keys && keys.length > 0 ? (
        <Section flush>
          <KeyTable keys={keys} withOwner={manages} onRevoke={(key) => open('revoke', key)} />
        </Section>
      ) : keys ? (
        <Section>
          <EmptyState icon={KeyRound} title="No API keys">
            <p>With a key, a program or an agent reads and does over the API and MCP what you do here.</p>
          </EmptyState>
        </Section>
      ) : error ? (
        <ErrorNotice error={error} what="The keys could not be loaded." onRetry={() => void refetch()} />
      ) : (
        <Skeleton />
      )}
      <Suspense>
        {name === 'make' && <MakeKeyDialog onClose={close} onAbandon={abandon} />}
        {name === 'revoke' && about && <RevokeKeyDialog apiKey={about} onClose={close} />}
      </Suspense>
    </Page>
  );
}
