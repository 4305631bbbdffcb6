import { useId } from 'react';

import styles from './segmented.module.css';

interface SegmentedProps<Value extends string> {
  /** What is chosen, for those who hear the page: “Period”. */
  readonly label: string;
  readonly options: readonly (readonly [Value, string])[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few, all of them in sight: radio buttons side by side. */
export function Segmented<Value extends string>({ label, options, value, onChange }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className={styles.set}>
      <legend className="visually-hidden">{label}</legend>
      {options.map(([each, word]) => (
        <label key={each} className={styles.option}>
          <input type="radio" name={name} checked={each === value} onChange={() => onChange(each)} />
          {word}
        </label>
      ))}
    </fieldset>
  );
}
