import styles from './skeleton.module.css';

/** Stands where rows will be, on the first load only; read to those who hear the page as one word. */
export function Skeleton({
  rows = 4,
  height = '3.25rem',
}: {
  readonly rows?: number;
  readonly height?: string;
}) {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row} style={{ height }} />
      ))}
    </div>
  );
}
