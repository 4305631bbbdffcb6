import { clsx } from 'clsx';
import { Trash2 } from 'lucide-react';

import { RelativeTime } from '../../ui/time';
import { Table } from '../../ui/table';
import { useSetSearch } from '../route';
import { recordName, type StoredRecord } from './records-query';
import styles from './records-tab.module.css';

/** A page of records; pressing one opens it. `chosen` is the open one's name. */
export function RecordsTable({
  records,
  chosen,
}: {
  readonly records: readonly StoredRecord[];
  readonly chosen: string | undefined;
}) {
  const setSearch = useSetSearch();
  return (
    <Table label="Table of records">
      <thead>
        <tr>
          <th scope="col">External id</th>
          <th scope="col">Stream</th>
          <th scope="col">Changed</th>
          <th scope="col">Deleted</th>
        </tr>
      </thead>
      <tbody>
        {records.map((record) => {
          const name = recordName(record);
          const isChosen = name === chosen;
          return (
            <tr key={name} className={clsx(isChosen && styles.chosen)}>
              <td>
                <button
                  type="button"
                  className={styles.open}
                  aria-pressed={isChosen}
                  title={record.external_id}
                  onClick={() => setSearch({ record: isChosen ? undefined : name })}
                >
                  <bdi>{record.external_id}</bdi>
                </button>
              </td>
              <td>{record.stream}</td>
              <td>
                <RelativeTime at={record.updated_at} className={styles.nowrap} />
              </td>
              <td>
                {record.deleted_at ? (
                  <span className={styles.deleted}>
                    <Trash2 size={14} aria-hidden />
                    <RelativeTime at={record.deleted_at} />
                  </span>
                ) : (
                  <span className={styles.quiet}>No</span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
