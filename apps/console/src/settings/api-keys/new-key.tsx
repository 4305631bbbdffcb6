import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';

import type { Answer } from '../../api/client';
import { Button } from '../../ui/button';
import { CopyText } from '../../ui/copy-text';
import { DialogActions } from '../../ui/dialog';
import settings from '../settings.module.css';
import styles from './api-keys.module.css';

interface NewKeyProps {
  readonly made: Answer<'api_keys.create'>;
  /** Somebody is about to close it without having copied it. */
  readonly asks: boolean;
  readonly onCopied: () => void;
  readonly onStay: () => void;
  readonly onAbandon: () => void;
  readonly onClose: () => void;
}

const uses = [
  ['mcp', 'MCP client', 'configuration for an MCP client'],
  ['curl', 'curl', 'command'],
] as const;

/** The key, this once, and how to use it. */
export function NewKey({ made, asks, onCopied, onStay, onAbandon, onClose }: NewKeyProps) {
  const [use, setUse] = useState<'mcp' | 'curl'>('mcp');
  const { key, name } = made;
  return (
    <div className={settings.stack}>
      <div className={styles.once}>
        <TriangleAlert size={18} aria-hidden />
        <p>
          <strong>This is the only time it is shown.</strong> Copy it to where it is needed, or to a safe; we
          keep only its fingerprint. Whoever has it may do what “<span dir="auto">{name}</span>” may.
        </p>
      </div>
      {/* Copied by hand counts as well. */}
      <div className={styles.key} onCopy={onCopied}>
        <CopyText text={key} label="API key" onCopied={onCopied} hideTitle />
      </div>
      <div className={styles.uses}>
        <div className={styles.tabs} role="group" aria-label="How to use it">
          {uses.map(([id, word]) => (
            <Button key={id} look="quiet" size="s" aria-pressed={id === use} onClick={() => setUse(id)}>
              {word}
            </Button>
          ))}
        </div>
        <div className={styles.snippet} onCopy={onCopied}>
          <CopyText
            text={use === 'mcp' ? mcpConfiguration(key) : curl(key)}
            label={uses.find(([id]) => id === use)?.[2] ?? ''}
            onCopied={onCopied}
            hideTitle
          />
        </div>
      </div>
      {asks ? (
        <div className={styles.asks} role="alert">
          <p>
            <strong>The key was not copied.</strong> Closed now, it is lost; it can then only be revoked.
          </p>
          <DialogActions>
            <Button onClick={onAbandon}>Close without it</Button>
            <Button look="primary" autoFocus onClick={onStay}>
              Back to the key
            </Button>
          </DialogActions>
        </div>
      ) : (
        <DialogActions>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </DialogActions>
      )}
    </div>
  );
}

const mcpConfiguration = (key: string): string =>
  JSON.stringify(
    {
      mcpServers: {
        connections: { type: 'http', url: `${location.origin}/mcp`, headers: { 'X-API-Key': key } },
      },
    },
    null,
    2,
  );

const curl = (key: string): string =>
  `curl '${location.origin}/api/platform/v1/connections' \\\n  -H 'X-API-Key: ${key}'`;
