import { createStore, useStore } from '../live/store';

export type Theme = 'light' | 'dark' | 'system';

const KEY = 'theme';
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

const theme = createStore<Theme>(stored());

function stored(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

const apply = (): void => {
  const chosen = theme.get();
  const dark = chosen === 'dark' || (chosen === 'system' && prefersDark.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
};

prefersDark.addEventListener('change', apply);
// Chosen in another tab.
addEventListener('storage', ({ key }) => {
  if (key !== KEY) return;
  theme.set(stored());
  apply();
});

export function chooseTheme(chosen: Theme): void {
  try {
    if (chosen === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, chosen);
  } catch {
    // storage switched off: it holds for this page
  }
  theme.set(chosen);
  apply();
}

export const useTheme = (): Theme => useStore(theme);
