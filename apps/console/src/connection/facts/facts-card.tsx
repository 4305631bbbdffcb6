import type { Connection } from '../../api/connections';
import { isFirstPending } from '../../health/shown-health';
import { CopyText } from '../../ui/copy-text';
import { Fact, Facts } from '../../ui/facts';
import { Section } from '../../ui/page';
import { day } from '../../ui/time-words';
import { OwnerPicker } from './owner-picker';

/** Whose account it is, who added it, who owns it, and its id. */
export function FactsCard({
  connection,
  provider,
}: {
  readonly connection: Connection;
  readonly provider: string;
}) {
  const { created_by: by, created_at: at, ownership } = connection;
  return (
    <Section title="About">
      <Facts>
        <Fact name={connection.handle ? 'Handle' : 'Account'} hint={<AccountId connection={connection} />}>
          <Account connection={connection} provider={provider} />
        </Fact>
        <Fact name="Added by">
          <span dir="auto">{by.name ?? 'A former member'}</span> on <time dateTime={at}>{day(at)}</time>
        </Fact>
        {ownership === 'personal' ? (
          <OwnerPicker connection={connection} />
        ) : (
          <Fact name="Owner">The workspace</Fact>
        )}
        <Fact name="Connection id">
          <CopyText text={connection.id} label="connection id" />
        </Fact>
      </Facts>
    </Section>
  );
}

function Account({ connection, provider }: { readonly connection: Connection; readonly provider: string }) {
  const { handle, display_name: display, account_label: label } = connection;
  if (handle)
    return (
      <span dir="auto">
        @{handle}
        {display && ` (${display})`}
      </span>
    );
  if (label) return <span dir="auto">{label}</span>;
  return isFirstPending(connection) ? `Known once it is approved at ${provider}` : 'Not known';
}

function AccountId({ connection: { external_account_id: id } }: { readonly connection: Connection }) {
  return id ? <CopyText text={id} label="account id" /> : null;
}
