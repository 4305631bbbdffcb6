import { Terminal } from 'lucide-react';

import { CopyText } from './copy-text';
import styles from './curl-command.module.css';

interface CurlCommandProps {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/platform/v1`, or from `/api/admin` on. */
  readonly path: string;
  readonly body?: object;
}

/** The command that does the same over the API, folded away. A secret is left out by whoever gives the body. */
export function CurlCommand({ method, path, body }: CurlCommandProps) {
  const command = curlCommand(method, path, body);
  return (
    <details className={styles.curl}>
      <summary>
        <Terminal size={14} aria-hidden />
        The same over the API
      </summary>
      <CopyText text={command} label="command" />
    </details>
  );
}

function curlCommand(method: string, path: string, body: object | undefined): string {
  const url = `${location.origin}${path.startsWith('/api/') ? path : `/api/platform/v1${path}`}`;
  const lines = [`curl${method === 'GET' ? '' : ` -X ${method}`} '${url}'`, `-H "X-API-Key: $KEY"`];
  if (body !== undefined) {
    // Within single quotes a shell reads all but a single quote as it is.
    const json = JSON.stringify(body).replaceAll("'", `'\\''`);
    lines.push(`-H 'Content-Type: application/json'`, `-d '${json}'`);
  }
  return lines.join(' \\\n  ');
}
