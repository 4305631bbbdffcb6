import { useEffect, useRef } from 'react';

type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const EDITABLE = 'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]';

/**
 * Keys of the page: `s`, `/`, `?`, or `mod+k` for Ctrl or ⌘. Single keys are left to whoever types, to menus and to dialogs.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const mod = event.ctrlKey || event.metaKey;
      const { target } = event;
      if (!mod && target instanceof Element && target.closest(EDITABLE)) return;
      if (!mod && document.querySelector('[role="dialog"]')) return;
      const run = current.current[mod ? `mod+${event.key.toLowerCase()}` : event.key];
      if (!run) return;
      event.preventDefault();
      run(event);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
