import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';

import { announce } from './announce';
import styles from './copy-text.module.css';

interface CopyTextProps {
  readonly text: string;
  /** What it is, for those who hear the page: “run id”. */
  readonly label: string;
  /** Shown in the place of the text where that is long. */
  readonly shown?: string;
  /** No hint with the whole text: it is a secret, or shown whole anyway. */
  readonly hideTitle?: boolean;
  readonly onCopied?: () => void;
}

/** An id or a command that can be copied with one press. */
export function CopyText({ text, label, shown = text, hideTitle, onCopied }: CopyTextProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      onCopied?.();
      announce(`Copied the ${label}.`);
    } catch {
      announce(`The browser does not let the ${label} be copied: select it instead.`);
    }
  };
  return (
    <span className={styles.copy}>
      <code title={hideTitle ? undefined : text}>{shown}</code>
      <button
        type="button"
        className={styles.button}
        aria-label={`Copy the ${label}`}
        onClick={() => void copy()}
      >
        {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      </button>
    </span>
  );
}
