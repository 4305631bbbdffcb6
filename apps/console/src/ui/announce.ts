import { createStore } from '../live/store';

/** What the page's one polite live region says; the shell shows it to those who hear the page. */
export const announcement = createStore('');

export function announce(text: string): void {
  // The same words twice in a row would not be read twice.
  announcement.set(announcement.get() === text ? `${text}\u00a0` : text);
}
