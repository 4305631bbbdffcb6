import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';

import { Gated } from '../shell/gates/gated';
import { Button } from '../ui/button';
import { CurlCommand } from '../ui/curl-command';
import { ErrorNotice } from '../ui/error-notice';
import { notify } from '../ui/notices';
import { Page, Section } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { appsQuery, useSwitchApp } from './settings-queries';
import { useDialog } from './use-dialog';
import styles from './settings.module.css';

const SwitchOffDialog = lazy(() => import('./switch-off-dialog'));

export default function AppsPage() {
  return (
    <Gated operation="settings.get_apps" title="Apps">
      <Page title="Apps" lead="What this workspace has switched on.">
        <ConnectionsApp />
      </Page>
    </Gated>
  );
}

function ConnectionsApp() {
  const { data, error, refetch } = useQuery(appsQuery);
  const dialog = useDialog();
  const change = useSwitchApp();
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={1} height="9rem" />;
  const { enabled } = data.connections;
  const switchOn = () => change.mutate(true, { onSuccess: () => notify('Connections is switched on.') });
  return (
    <Section
      title="Connections"
      aside={
        <span className={styles.tag} data-tone={enabled ? 'green' : 'amber'}>
          {enabled ? 'On' : 'Off'}
        </span>
      }
    >
      <div className={styles.stack}>
        <div className={styles.row}>
          <div className={styles.text}>
            {enabled ? (
              <p>
                Members see connections as Access says: in this app, over the API and over MCP. Switched off,
                nobody sees them anywhere, you included; syncing goes on, and nothing is lost.
              </p>
            ) : (
              <p>
                Nobody sees connections: not in this app, not over the API, not over MCP. Syncing goes on, and
                nothing is lost.
              </p>
            )}
          </div>
          {enabled ? (
            <Button onClick={() => dialog.open('off')}>Switch off…</Button>
          ) : (
            <Button look="primary" busy={change.isPending} onClick={switchOn}>
              Switch on
            </Button>
          )}
        </div>
        {change.error && <ErrorNotice error={change.error} what="It is not switched on." />}
      </div>
      <CurlCommand method="PUT" path="/settings/apps/connections" body={{ enabled: !enabled }} />
      <Suspense>{dialog.name === 'off' && enabled && <SwitchOffDialog onClose={dialog.close} />}</Suspense>
    </Section>
  );
}
