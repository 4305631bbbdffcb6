import { queryOptions, useQuery } from '@tanstack/react-query';
import { Info, Lock } from 'lucide-react';

import { answerOf, api, type Answer } from '../api/client';
import { catalogQuery } from '../connectors/catalog';
import { NotFoundPage } from '../shell/not-found-page';
import settings from '../settings/settings.module.css';
import { ErrorNotice } from '../ui/error-notice';
import { Page, Section } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { Table } from '../ui/table';
import { useCadenceAccess } from './cadence-access';
import { CadenceRow } from './cadence-row';

export type Cadence = Answer<'admin.list_connector_cadence'>['connectors'][number];

export const cadenceQuery = queryOptions({
  queryKey: ['settings', 'cadence'],
  queryFn: ({ signal }) =>
    answerOf(api.GET('/api/admin/connector-cadence', { signal })).then(({ connectors }) => connectors),
});

export default function CadencePage() {
  const access = useCadenceAccess();
  // As for what does not exist: others are not told that there is such a page.
  return access === 'none' ? <NotFoundPage /> : <CadencePageOf writes={access === 'write'} />;
}

function CadencePageOf({ writes }: { readonly writes: boolean }) {
  const { data, error, refetch } = useQuery(cadenceQuery);
  const { data: catalog } = useQuery(catalogQuery);
  return (
    <Page title="Connector cadence" lead="How often each connector syncs, on the whole platform.">
      <p className={settings.note}>
        {writes ? <Info size={16} aria-hidden /> : <Lock size={16} aria-hidden />}
        {writes
          ? 'A change applies to every workspace at once: whoever waits for a sync is scheduled anew.'
          : 'You can look. Platform engineering and superadmins can change it, for every workspace at once.'}
      </p>
      {data ? (
        <Section flush>
          <Table label="Connector cadence">
            <thead>
              <tr>
                <th scope="col">Connector</th>
                <th scope="col">Default</th>
                <th scope="col">Override</th>
                <th scope="col">In force</th>
                <th scope="col">Set by</th>
              </tr>
            </thead>
            <tbody className={settings.middle}>
              {data.map((cadence) => (
                <CadenceRow
                  key={cadence.connector_type}
                  cadence={cadence}
                  name={
                    catalog?.find(({ type }) => type === cadence.connector_type)?.name ??
                    cadence.connector_type
                  }
                  writes={writes}
                />
              ))}
            </tbody>
          </Table>
        </Section>
      ) : error ? (
        <ErrorNotice error={error} what="The cadences could not be loaded." onRetry={() => void refetch()} />
      ) : (
        <Skeleton rows={8} />
      )}
    </Page>
  );
}
