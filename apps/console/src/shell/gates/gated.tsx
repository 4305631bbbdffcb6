import { useQuery } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';

import { operationsQuery, useAdmins, useMe } from '../../api/me';
import { EmptyState } from '../../ui/empty-state';
import { ErrorNotice } from '../../ui/error-notice';
import { Page } from '../../ui/page';
import { Skeleton } from '../../ui/skeleton';

interface GatedProps {
  /** Of the API; who may call it may see the page. */
  readonly operation: string;
  readonly title: string;
  readonly children: ReactNode;
}

/** A page that only some may see. To others it says who can grant it; it follows the caller's rights as they change. */
export function Gated({ operation, title, children }: GatedProps) {
  const { data, error, refetch } = useQuery(operationsQuery);
  if (data?.has(operation)) return children;
  if (data) return <NotAllowed title={title} />;
  return (
    <Page title={title}>
      {error ? (
        <ErrorNotice error={error} what="What you may do could not be read." onRetry={() => void refetch()} />
      ) : (
        <Skeleton />
      )}
    </Page>
  );
}

function NotAllowed({ title }: { readonly title: string }) {
  const { role, workspace } = useMe();
  const admins = useAdmins();
  return (
    <Page title={title}>
      <EmptyState icon={Lock} title="This page is for admins.">
        <p>
          You are {role === 'viewer' ? 'a viewer' : 'an editor'} of <span dir="auto">{workspace.name}</span>.{' '}
          <span dir="auto">{admins}</span> can make you an admin.
        </p>
      </EmptyState>
    </Page>
  );
}
