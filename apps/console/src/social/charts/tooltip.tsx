import type { ReactNode } from 'react';

import styles from './charts.module.css';

const WIDTH = 184;

interface TooltipProps {
  readonly x: number;
  readonly y: number;
  /** Of the chart: the box stays within. */
  readonly width: number;
  readonly children: ReactNode;
}

/** What lies under the cursor. Those who hear the page are told by the cursor itself. */
export function Tooltip({ x, y, width, children }: TooltipProps) {
  const left = Math.max(0, Math.min(x - WIDTH / 2, width - WIDTH));
  const above = y > 96;
  return (
    <div
      className={styles.tooltip}
      aria-hidden
      style={{
        left,
        top: above ? y - 14 : y + 14,
        width: Math.min(WIDTH, width),
        translate: above ? '0 -100%' : undefined,
      }}
    >
      {children}
    </div>
  );
}
