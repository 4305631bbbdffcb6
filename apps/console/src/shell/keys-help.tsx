import { Dialog } from '../ui/dialog';
import styles from './keys-help.module.css';

const keys: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'Everywhere',
    [
      ['Ctrl K', 'Command menu (⌘ K on a Mac)'],
      ['?', 'These keys'],
    ],
  ],
  [
    'Connections',
    [
      ['/', 'Search'],
      ['j', 'Next connection'],
      ['k', 'Previous connection'],
      ['Enter', 'Open it'],
    ],
  ],
  [
    'One connection',
    [
      ['s', 'Sync now'],
      ['r', 'Rename'],
    ],
  ],
  ['Charts', [['← →', 'Move along the points']]],
];

export default function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Keys">
      <div className={styles.groups}>
        {keys.map(([where, list]) => (
          <section key={where}>
            <h3>{where}</h3>
            <dl className={styles.list}>
              {list.map(([key, what]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
