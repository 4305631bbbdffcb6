import type { LucideIcon } from 'lucide-react';
import { lazy, Suspense, useState, type ReactElement, type ReactNode } from 'react';

/** A line of a menu: something to do, a heading, or a line between groups. */
export type MenuEntry =
  | 'separator'
  | { readonly heading: ReactNode }
  | {
      readonly label: string;
      readonly icon?: LucideIcon;
      readonly danger?: boolean;
      /** One of several of which this one holds. */
      readonly checked?: boolean;
      /** Why it cannot be done now: it is shown, and does nothing. */
      readonly unavailable?: string | undefined;
      readonly onSelect: () => void;
    };

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly entries: () => readonly MenuEntry[];
}

const load = () => import('./open-menu');
const OpenMenu = lazy(load);

/** A button's menu. What it is made of is loaded when somebody is about to open the first one: a list has a menu in each row. */
export function Menu({ trigger, entries }: MenuProps) {
  const [used, setUsed] = useState(false);
  if (used) {
    return (
      <Suspense fallback={trigger}>
        <OpenMenu trigger={trigger} entries={entries} />
      </Suspense>
    );
  }
  return (
    // The button within is what is pressed; this only hears it.
    <span
      style={{ display: 'contents' }}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setUsed(true)}
    >
      {trigger}
    </span>
  );
}
