import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState, type KeyboardEvent } from 'react';

import { connectionsQuery } from '../api/connections';
import { useCan } from '../api/me';
import { catalogQuery } from '../connectors/catalog';
import { Logo } from '../connectors/logo';
import { HealthPill } from '../health/health-pill';
import { shownHealth } from '../health/shown-health';
import { Dialog } from '../ui/dialog';
import { usePlaces } from './nav/places';
import { chooseTheme } from './theme';
import styles from './command-menu.module.css';

interface Command {
  readonly id: string;
  readonly name: string;
  readonly mark?: React.ReactNode;
  readonly aside?: React.ReactNode;
  readonly run: () => void;
}

const MAX_SHOWN = 12;

/** Finds a page, a connection or a connector by a few letters. */
export default function CommandMenu({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const commands = useCommands(onClose, onKeys);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands
    .filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
    .slice(0, MAX_SHOWN);
  const at = Math.min(chosen, found.length - 1);
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen((at + step + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter') found[at]?.run();
  };
  return (
    <Dialog open onClose={onClose} title="Go to">
      <input
        className={styles.input}
        role="combobox"
        aria-label="Page, connection or connector"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={found[at] && `${listId}-${at}`}
        placeholder="Page, connection or connector"
        value={text}
        autoFocus
        onChange={({ target }) => {
          setText(target.value);
          setChosen(0);
        }}
        onKeyDown={press}
      />
      <ul id={listId} role="listbox" aria-label="Found" className={styles.list}>
        {found.map(({ id, name, mark, aside, run }, index) => (
          // The keys are the input's: the list is never focused.
          <li
            key={id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            className={styles.option}
            onClick={run}
            onMouseMove={() => setChosen(index)}
          >
            {mark}
            <span className={styles.name}>{name}</span>
            {aside}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.none}>Nothing is called that.</p>}
    </Dialog>
  );
}

function useCommands(onClose: () => void, onKeys: () => void): Command[] {
  const navigate = useNavigate();
  const client = useQueryClient();
  const can = useCan();
  const { main, settings, admin } = usePlaces();
  const { data: connections } = useQuery(connectionsQuery(client));
  const { data: catalog } = useQuery(catalogQuery);
  const go = (to: string, search: object = {}) => {
    onClose();
    void navigate({ to, search });
  };
  const pages = [...main, ...settings, ...admin];
  return [
    ...pages.map(({ to, name }) => ({ id: to, name, run: () => go(to) })),
    ...(connections?.items ?? []).map((connection) => ({
      id: connection.id,
      name: connection.name,
      mark: <Logo type={connection.connector_type} name={connection.name} />,
      aside: <HealthPill health={shownHealth(connection)} />,
      run: () => go(`/connections/${connection.id}`),
    })),
    ...(can('connections.connect') ? (catalog ?? []) : [])
      .filter(({ connectable }) => connectable)
      .map(({ type, name }) => ({
        id: `connect ${type}`,
        name: `Connect ${name}`,
        mark: <Logo type={type} name={name} />,
        run: () => go('/connections', { connect: type }),
      })),
    { id: 'light', name: 'Light theme', run: () => (chooseTheme('light'), onClose()) },
    { id: 'dark', name: 'Dark theme', run: () => (chooseTheme('dark'), onClose()) },
    { id: 'keys', name: 'Keys', run: onKeys },
  ];
}
