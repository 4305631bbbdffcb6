import { useNavigate, useSearch } from '@tanstack/react-router';

/** A settings page's dialog, as the URL names it: `add`, or with the id of what it is about, `remove.<id>`. */
export function useDialog() {
  const { dialog = '' } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [name = '', id = ''] = dialog.split('.', 2);
  const go = (next: string | undefined, replace: boolean, ignoreBlocker = false) =>
    void navigate({
      to: '.',
      search: (search: object) => ({ ...search, dialog: next }) as never,
      replace,
      ignoreBlocker,
      resetScroll: false,
    });
  return {
    name,
    id,
    open: (dialogName: string, about?: string) =>
      go(about === undefined ? dialogName : `${dialogName}.${about}`, false),
    close: () => go(undefined, true),
    /** Closes it whatever is in the way. */
    abandon: () => go(undefined, true, true),
  };
}
