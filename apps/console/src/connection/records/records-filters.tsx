import { Search } from 'lucide-react';
import { useState, type FormEvent } from 'react';

import { Button } from '../../ui/button';
import { count } from '../../ui/count';
import { SelectField, TextField } from '../../ui/field';
import type { Stream } from '../overview/stream-words';
import { connectionRoute, useSetSearch } from '../route';
import styles from './records-tab.module.css';

const deletedChoices = [
  ['', 'All'],
  ['exclude', 'Present only'],
  ['only', 'Deleted only'],
] as const;

/** Which records are shown; kept in the URL. */
export function RecordsFilters({ streams }: { readonly streams: readonly Stream[] | undefined }) {
  const { stream, deleted, find } = connectionRoute.useSearch();
  const setSearch = useSetSearch();
  const [text, setText] = useState(find ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSearch({ find: text.trim() || undefined, record: undefined });
  };
  return (
    <div className={styles.filters}>
      <SelectField
        label="Stream"
        value={stream ?? ''}
        onChange={({ target }) => setSearch({ stream: target.value || undefined, record: undefined })}
      >
        <option value="">All streams</option>
        {streams?.map(({ stream: name, record_count: records }) => (
          <option key={name} value={name}>
            {name} ({count(records)})
          </option>
        ))}
        {stream !== undefined && !streams?.some((known) => known.stream === stream) && (
          <option value={stream}>{stream}</option>
        )}
      </SelectField>
      <SelectField
        label="Which"
        value={deleted ?? ''}
        onChange={({ target }) =>
          setSearch({ deleted: (target.value || undefined) as typeof deleted, record: undefined })
        }
      >
        {deletedChoices.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </SelectField>
      <form className={styles.find} role="search" onSubmit={submit}>
        <TextField
          label="External id"
          type="search"
          placeholder="The id at the provider, whole"
          value={text}
          maxLength={1000}
          spellCheck={false}
          onChange={({ target }) => {
            setText(target.value);
            // The cross of a search field empties it: all are shown again.
            if (target.value === '' && find !== undefined) setSearch({ find: undefined });
          }}
        />
        <Button type="submit" icon={Search}>
          Find
        </Button>
      </form>
    </div>
  );
}
