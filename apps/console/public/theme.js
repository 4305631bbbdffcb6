// Before the first paint, so that no page flashes in the other theme. A file of its own: the content policy lets nothing
// inline run. `src/shell/theme.ts` writes what is read here.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('theme');
  } catch {
    // storage switched off: the system's theme it is
  }
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
