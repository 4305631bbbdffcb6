import { present, text, type Search } from '../search';

/** What a settings page keeps in the URL: which dialog is open, and the audit's filters. */
export interface SettingsSearch {
  readonly dialog?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  readonly outcome?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export const settingsSearch = (search: Search): SettingsSearch =>
  present({
    dialog: text(search.dialog, 60),
    actor: text(search.actor, 60),
    action: text(search.action, 100),
    target: text(search.target, 100),
    outcome: text(search.outcome, 60),
    from: text(search.from, 40),
    to: text(search.to, 40),
  });
