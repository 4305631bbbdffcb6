import { Check, OctagonX, TriangleAlert, type LucideIcon } from 'lucide-react';

import { CopyText } from '../../ui/copy-text';
import { Table } from '../../ui/table';
import { RelativeTime } from '../../ui/time';
import { clock } from '../../ui/time-words';
import settings from '../settings.module.css';
import type { AuditEntry } from './audit-query';
import { actionWords, outcomeWords, reasonWords } from './audit-words';
import styles from './audit.module.css';

interface AuditTableProps {
  readonly entries: readonly AuditEntry[];
  readonly onActor: (userId: string) => void;
  readonly onTarget: (target: string) => void;
}

export function AuditTable({ entries, onActor, onTarget }: AuditTableProps) {
  return (
    <Table label="Audit">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Outcome</th>
          <th scope="col">Request id</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td className={settings.nowrap}>
              {clock(entry.at)}
              <span className={styles.sub}>
                <RelativeTime at={entry.at} />
              </span>
            </td>
            <td className={styles.who}>
              <button type="button" className={styles.link} onClick={() => onActor(entry.who.user_id)}>
                <span dir="auto">{entry.who.name}</span>
              </button>
              {entry.who.api_key_id && (
                <span className={styles.sub}>
                  by the key <span dir="auto">{entry.who.api_key_name ?? 'that is gone'}</span>
                </span>
              )}
            </td>
            <td className={styles.what}>
              {actionWords(entry.what)}
              {entry.target !== null && (
                <>
                  {': '}
                  <button
                    type="button"
                    className={styles.link}
                    onClick={() => entry.target !== null && onTarget(entry.target)}
                  >
                    <span dir="auto">{entry.target_name ?? entry.target}</span>
                  </button>
                </>
              )}
              <code className={styles.sub}>{entry.what}</code>
            </td>
            <td className={styles.outcome}>
              <Outcome entry={entry} />
            </td>
            <td className={styles.id}>
              <CopyText text={entry.request_id} shown={shorten(entry.request_id)} label="request id" />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const looks: Readonly<Record<AuditEntry['outcome'], readonly [LucideIcon, string]>> = {
  succeeded: [Check, 'green'],
  refused: [OctagonX, 'amber'],
  failed: [TriangleAlert, 'red'],
};

function Outcome({ entry: { outcome, code } }: { readonly entry: AuditEntry }) {
  const [Icon, tone] = looks[outcome];
  const why = reasonWords(code);
  return (
    <>
      <span className={styles.outcomeWord} data-tone={tone}>
        <Icon size={14} aria-hidden />
        {outcomeWords[outcome]}
      </span>
      {code && <span className={styles.sub}>{why ?? <code>{code}</code>}</span>}
    </>
  );
}

const shorten = (id: string): string => (id.length > 12 ? `${id.slice(0, 8)}…` : id);
