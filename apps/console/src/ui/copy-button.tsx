import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';

import { announce } from './announce';
import { Button } from './button';

/** Copies what is shown elsewhere on the page, or is too long to stand beside its button. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
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
      announce(`Copied the ${label}.`);
    } catch {
      announce(`The browser does not let the ${label} be copied: select it instead.`);
    }
  };
  return (
    <Button size="s" icon={copied ? Check : Copy} onClick={() => void copy()}>
      {copied ? 'Copied' : `Copy ${label}`}
    </Button>
  );
}
