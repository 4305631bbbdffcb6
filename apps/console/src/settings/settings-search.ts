import { oneOf, present, text, type Search } from '../search';

export const outcomes = ['succeeded', 'refused', 'failed'] as const;

/** What a settings page keeps in the URL: which dialog is open, and the audit's filters. */
export interface SettingsSearch {
  readonly dialog?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  readonly outcome?: (typeof outcomes)[number] | undefined;
  /** Days such as 2026-06-12, in the reader's time zone; both are included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export const settingsSearch = (search: Search): SettingsSearch =>
  present({
    dialog: text(search.dialog, 60),
    actor: text(search.actor, 60),
    action: text(search.action, 100),
    target: text(search.target, 100),
    outcome: oneOf(outcomes, search.outcome),
    from: day(search.from),
    to: day(search.to),
  });

const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
