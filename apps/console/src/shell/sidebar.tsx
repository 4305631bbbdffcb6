import { Link, useNavigate } from '@tanstack/react-router';
import {
  AppWindow,
  ArrowLeftRight,
  ChevronsUpDown,
  Contrast,
  KeyRound,
  LogOut,
  Plug,
  ScrollText,
  Search,
  ShieldCheck,
  Timer,
  Users,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';

import { useMe, useCan } from '../api/me';
import { signInUrl, signOut } from '../api/session';
import { Button } from '../ui/button';
import { Menu, type MenuEntry } from '../ui/menu';
import { notifyError } from '../ui/notices';
import { tellSignedOut } from './sign-in-again';
import { chooseTheme, useTheme, type Theme } from './theme';
import styles from './sidebar.module.css';

interface Place {
  readonly to: string;
  readonly icon: LucideIcon;
  readonly name: string;
}

/** The pages that somebody may see, by what they may call. */
export function usePlaces(): { settings: Place[]; admin: Place[] } {
  const can = useCan();
  const place = (operation: string | null, to: string, icon: LucideIcon, name: string): Place[] =>
    operation === null || can(operation) ? [{ to, icon, name }] : [];
  return {
    settings: [
      ...place('settings.get_apps', '/settings/apps', AppWindow, 'Apps'),
      ...place('settings.get_access', '/settings/access', ShieldCheck, 'Access'),
      ...place(null, '/settings/members', Users, 'Members'),
      ...place(null, '/settings/api-keys', KeyRound, 'API keys'),
      ...place('audit.list', '/settings/audit', ScrollText, 'Audit'),
    ],
    admin: place('admin.list_connector_cadence', '/admin/cadence', Timer, 'Connector cadence'),
  };
}

export function Sidebar({ onCommands }: { readonly onCommands: () => void }) {
  const { settings, admin } = usePlaces();
  return (
    <div className={styles.sidebar}>
      <div className={styles.top}>
        <Link to="/connections" className={styles.brand}>
          <img src="/favicon.svg" width={24} height={24} alt="" />
          Connections
        </Link>
        <Button look="plain" size="s" icon={Search} onClick={onCommands} className={styles.search}>
          <span className={styles.searchWord}>Go to…</span>
          <kbd>Ctrl K</kbd>
        </Button>
      </div>
      <nav className={styles.nav} aria-label="Pages">
        <Group>
          <Item to="/connections" icon={Plug} name="Connections" />
        </Group>
        <Group title="Settings">
          {settings.map((place) => (
            <Item key={place.to} {...place} />
          ))}
        </Group>
        {admin.length > 0 && (
          <Group title="Admin">
            {admin.map((place) => (
              <Item key={place.to} {...place} />
            ))}
          </Group>
        )}
      </nav>
      <Person />
    </div>
  );
}

const Group = ({ title, children }: { readonly title?: string; readonly children: ReactNode }) => (
  <div className={styles.group}>
    {title && <p className={styles.groupTitle}>{title}</p>}
    <ul>{children}</ul>
  </div>
);

const Item = ({ to, icon: Icon, name }: Place) => (
  <li>
    <Link to={to} className={styles.item} activeProps={{ 'aria-current': 'page' }}>
      <Icon size={16} aria-hidden />
      {name}
    </Link>
  </li>
);

const themes: readonly (readonly [Theme, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

function Person() {
  const me = useMe();
  const theme = useTheme();
  const navigate = useNavigate();
  const others = me.workspaces.filter(({ id }) => id !== me.workspace.id);
  const leave = async () => {
    try {
      await signOut();
      tellSignedOut();
      await navigate({ to: '/sign-in', search: { reason: 'signed_out' } });
      location.reload();
    } catch (error) {
      notifyError('You are not signed out.', error);
    }
  };
  const entries = (): MenuEntry[] => [
    {
      heading: (
        <>
          {me.email}
          <br />
          {me.role} of {me.workspace.name}
        </>
      ),
    },
    ...others.map(({ slug, name }) => ({
      label: `Switch to ${name}`,
      icon: ArrowLeftRight,
      onSelect: () => location.assign(signInUrl('/connections', slug)),
    })),
    'separator',
    ...themes.map(([value, label]) => ({
      label,
      icon: Contrast,
      checked: value === theme,
      onSelect: () => chooseTheme(value),
    })),
    'separator',
    { label: 'Sign out', icon: LogOut, onSelect: () => void leave() },
  ];
  return (
    <div className={styles.foot}>
      <Menu
        entries={entries}
        trigger={
          <button type="button" className={styles.person}>
            <span className={styles.avatar} aria-hidden>
              {me.name.slice(0, 1).toUpperCase()}
            </span>
            <span className={styles.who}>
              <span className={styles.name}>{me.name}</span>
              <span className={styles.workspace}>{me.workspace.name}</span>
            </span>
            <ChevronsUpDown size={16} aria-hidden />
          </button>
        }
      />
    </div>
  );
}
