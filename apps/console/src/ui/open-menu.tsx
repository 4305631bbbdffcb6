import { Menu as Base } from '@base-ui/react/menu';
import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { cloneElement, type ReactElement } from 'react';

import type { MenuEntry, MenuProps } from './menu';
import styles from './open-menu.module.css';

/** A menu that is open when it comes. */
export default function OpenMenu({ trigger, entries }: MenuProps) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={cloneElement(trigger as ReactElement<object>)} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner} sideOffset={4} align="end">
          <Base.Popup className={styles.popup}>{entries().map(entryElement)}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function entryElement(entry: MenuEntry, index: number) {
  if (entry === 'separator') return <Base.Separator key={index} className={styles.separator} />;
  if ('heading' in entry) {
    return (
      <div key={index} className={styles.heading} role="presentation">
        {entry.heading}
      </div>
    );
  }
  const { label, icon: Icon, danger, checked, unavailable, onSelect } = entry;
  return (
    <Base.Item
      key={index}
      className={clsx(styles.item, danger && styles.danger)}
      disabled={unavailable !== undefined}
      onClick={onSelect}
    >
      {Icon && <Icon size={16} aria-hidden />}
      <span className={styles.label}>
        {label}
        {unavailable && <span className={styles.why}>{unavailable}</span>}
      </span>
      {checked && <Check size={16} aria-label="chosen" />}
    </Base.Item>
  );
}
