import styles from './record-panel.module.css';

/** Beyond this the colours would cost more than they tell. */
const MAX_COLOURED = 100_000;
/** A text with what tells whether it is a name; a number; true, false or null. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** JSON that is indented already, with its parts in colours. It stays text, whatever it says. */
export function JsonText({ json }: { readonly json: string }) {
  return (
    <pre className={styles.json} dir="ltr" tabIndex={0} role="region" aria-label="Data as JSON">
      {json.length > MAX_COLOURED ? json : coloured(json)}
    </pre>
  );
}

function coloured(json: string) {
  const parts = [];
  let end = 0;
  for (const match of json.matchAll(TOKEN)) {
    const [whole, text, colon, number] = match;
    if (match.index > end) parts.push(json.slice(end, match.index));
    const token = text ?? whole;
    const kind = text ? (colon ? styles.key : styles.text) : number ? styles.number : styles.word;
    parts.push(
      <span key={match.index} className={kind}>
        {token}
      </span>,
    );
    if (colon) parts.push(colon);
    end = match.index + whole.length;
  }
  parts.push(json.slice(end));
  return parts;
}
