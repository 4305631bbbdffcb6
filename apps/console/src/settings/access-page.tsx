import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { lazy, Suspense } from 'react';

import { answerOf, api } from '../api/client';
import { ApiError } from '../api/errors';
import { useMe } from '../api/me';
import { Gated } from '../shell/gates/gated';
import { Button } from '../ui/button';
import { CurlCommand } from '../ui/curl-command';
import { EmptyState } from '../ui/empty-state';
import { ErrorNotice } from '../ui/error-notice';
import { notify } from '../ui/notices';
import { Page, Section } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { Table } from '../ui/table';
import { useAccessDraft } from './access/access-draft';
import { effect, roleNames } from './access/access-words';
import { Exceptions } from './access/exceptions';
import { LevelHead, LevelRow } from './access/level-row';
import { accessQuery, roles, useSettingsWrite, type AccessPolicy } from './settings-queries';
import { useDialog } from './use-dialog';
import settings from './settings.module.css';
import styles from './access/access.module.css';

const ClearPolicyDialog = lazy(() => import('./access/clear-policy-dialog'));

export default function AccessPage() {
  return (
    <Gated operation="settings.get_access" title="Access">
      <Access />
    </Gated>
  );
}

function Access() {
  const { data: saved, error, refetch } = useQuery(accessQuery);
  const dialog = useDialog();
  return (
    <Page
      title="Access"
      lead="Who may see and change connections. A member’s exception wins over their role."
      actions={saved && <Button onClick={() => dialog.open('clear')}>Return to no policy…</Button>}
    >
      {saved !== undefined ? (
        <Policy saved={saved} />
      ) : error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton rows={3} />
      )}
      <Suspense>{dialog.name === 'clear' && saved && <ClearPolicyDialog onClose={dialog.close} />}</Suspense>
    </Page>
  );
}

function Policy({ saved }: { readonly saved: AccessPolicy | null }) {
  const { workspace } = useMe();
  const draft = useAccessDraft(workspace.id, saved);
  const { policy } = draft;
  const save = useSettingsWrite((body: AccessPolicy) =>
    answerOf(api.PUT('/api/platform/v1/settings/access/connections', { body })),
  );
  if (!policy) {
    return (
      <Section title="Connections">
        <EmptyState icon={ShieldCheck} title="No policy: everyone has full access">
          <p>Every member sees connections, and changes of them what their role allows.</p>
          <p className={styles.begin}>
            <Button look="primary" onClick={draft.begin}>
              Set a policy
            </Button>
          </p>
        </EmptyState>
      </Section>
    );
  }
  const faults = save.error instanceof ApiError ? save.error.fields : new Map<string, string>();
  const submit = () =>
    save.mutate(policy, {
      onSuccess: () => {
        draft.discard();
        notify('Saved. It holds within a second, for API keys and agents too.');
      },
    });
  return (
    <>
      <Section title="Connections" flush>
        <Table label="Access by role">
          <LevelHead first="Role" />
          <tbody>
            {roles.map((role) => (
              <LevelRow
                key={role}
                who={roleNames[role]}
                effect={effect(roleNames[role], role, policy.roles[role])}
                level={policy.roles[role]}
                isChanged={saved?.roles[role] !== policy.roles[role]}
                onChange={(level) => draft.setRole(role, level)}
              />
            ))}
          </tbody>
        </Table>
      </Section>
      <Exceptions
        policy={policy}
        saved={saved}
        faults={faults}
        onSet={draft.setMember}
        onRemove={draft.removeMember}
      />
      <CurlCommand method="PUT" path="/settings/access/connections" body={policy} />
      {draft.isChanged && (
        <section className={styles.bar} aria-label="Changes that are not saved">
          {save.error && <ErrorNotice error={save.error} what="It is not saved." />}
          {draft.isOvertaken && (
            <p>Another policy was saved meanwhile. Saving yours replaces it; discarding shows it.</p>
          )}
          <div className={settings.row}>
            <p className={settings.title}>
              {saved ? 'These changes are not saved.' : 'This policy is not saved: none holds yet.'}
            </p>
            <div className={styles.buttons}>
              <Button
                onClick={() => {
                  draft.discard();
                  save.reset();
                }}
              >
                Discard
              </Button>
              <Button look="primary" busy={save.isPending} onClick={submit}>
                Save
              </Button>
            </div>
          </div>
        </section>
      )}
    </>
  );
}
