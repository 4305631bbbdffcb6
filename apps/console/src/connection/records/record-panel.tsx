import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';

import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { ErrorNotice } from '../../ui/error-notice';
import { Fact, Facts } from '../../ui/facts';
import { Skeleton } from '../../ui/skeleton';
import { useSetSearch } from '../route';
import { JsonText } from './json-text';
import { readRecordName, recordQuery, type StoredRecord } from './records-query';
import styles from './record-panel.module.css';

/** One record as it was read: its times as the API tells them, and its data. Esc closes it. */
export function RecordPanel({ id, name }: { readonly id: string; readonly name: string }) {
  const { data: record, error, refetch, isPending } = useQuery(recordQuery(id, name));
  const setSearch = useSetSearch();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { stream, externalId } = readRecordName(name);
  const close = () => setSearch({ record: undefined });
  return (
    <section
      className={styles.panel}
      aria-label={`Record ${externalId}`}
      onKeyDown={({ key }) => key === 'Escape' && close()}
    >
      <div className={styles.inner}>
        <div className={styles.head}>
          <h3 ref={heading} tabIndex={-1}>
            <bdi>{externalId}</bdi>
          </h3>
          <Button look="quiet" size="s" icon={X} aria-label="Close the record" onClick={close} />
        </div>
        {error ? (
          <ErrorNotice error={error} what="The record could not be loaded." onRetry={() => void refetch()} />
        ) : isPending ? (
          <Skeleton rows={3} />
        ) : record ? (
          <Opened record={record} />
        ) : (
          <p>
            There is no such record in {stream || 'this connection'}. It may have been read under another id.
          </p>
        )}
      </div>
    </section>
  );
}

function Opened({ record }: { readonly record: StoredRecord }) {
  const json = JSON.stringify(record.data, null, 2);
  return (
    <>
      <Facts columns>
        <Fact name="Stream">{record.stream}</Fact>
        <Fact name="First read">
          <code>{record.first_seen_at}</code>
        </Fact>
        <Fact name="Changed">
          <code>{record.updated_at}</code>
        </Fact>
        <Fact name="Deleted">{record.deleted_at ? <code>{record.deleted_at}</code> : 'No'}</Fact>
      </Facts>
      <div className={styles.actions}>
        <h4>As the provider tells it</h4>
        <CopyButton text={json} label="JSON" />
      </div>
      <JsonText json={json} />
    </>
  );
}
