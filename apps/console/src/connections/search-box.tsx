import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { useShortcuts } from '../shell/use-shortcuts';
import styles from './search-box.module.css';

/** After so long without a key the URL follows what was typed. */
const SETTLE_MS = 250;

interface SearchBoxProps {
  /** What the URL says. */
  readonly value: string;
  /** At each key. */
  readonly onType: (text: string) => void;
  /** When one has stopped typing. */
  readonly onSettle: (text: string) => void;
}

/** Searches at each key; `/` goes to it, Esc empties it. */
export function SearchBox({ value, onType, onSettle }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  // Changed elsewhere: by the back button, or by “Clear”.
  if (value !== known) {
    setKnown(value);
    setText(value);
  }
  useShortcuts({ '/': () => input.current?.focus() });
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onSettle(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onSettle]);
  const type = (next: string) => {
    setText(next);
    onType(next);
  };
  return (
    <div className={styles.box}>
      <Search size={16} aria-hidden />
      <input
        ref={input}
        type="search"
        aria-label="Search connections and the catalog"
        placeholder="Search connections and the catalog"
        value={text}
        maxLength={100}
        onChange={({ target }) => type(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && type('')}
      />
      {text === '' ? (
        <kbd aria-hidden>/</kbd>
      ) : (
        <button type="button" aria-label="Clear the search" onClick={() => type('')}>
          <X size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}
