import { useNavigate } from '@tanstack/react-router';
import { ArrowLeftRight, ChevronsUpDown, LogOut, Monitor, Moon, Sun, type LucideIcon } from 'lucide-react';

import { useMe } from '../../api/me';
import { signInUrl, signOut } from '../../api/session';
import { Menu, type MenuEntry } from '../../ui/menu';
import { notifyError } from '../../ui/notices';
import { tellSignedOut } from '../sign-in-again';
import { chooseTheme, useTheme, type Theme } from '../theme';
import styles from '../sidebar.module.css';

const themes: readonly (readonly [Theme, string, LucideIcon])[] = [
  ['system', 'Theme of the system', Monitor],
  ['light', 'Light theme', Sun],
  ['dark', 'Dark theme', Moon],
];

/** Who is signed in and where, with what concerns that: another workspace, the theme, signing out. */
export function PersonMenu() {
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
          <span dir="auto">{me.email}</span>
          <br />
          {me.role} of <span dir="auto">{me.workspace.name}</span>
        </>
      ),
    },
    ...others.map(({ slug, name }) => ({
      label: `Switch to ${name}`,
      icon: ArrowLeftRight,
      onSelect: () => location.assign(signInUrl('/connections', slug)),
    })),
    'separator',
    ...themes.map(([value, label, icon]) => ({
      label,
      icon,
      checked: value === theme,
      onSelect: () => chooseTheme(value),
    })),
    'separator',
    { label: 'Sign out', icon: LogOut, onSelect: () => void leave() },
  ];
  const { name } = me;
  return (
    <Menu
      entries={entries}
      trigger={
        <button type="button" className={styles.person}>
          <span className={styles.avatar} aria-hidden>
            {name.slice(0, 1).toUpperCase()}
          </span>
          <span className={styles.who}>
            <span className={styles.name} dir="auto">
              {name}
            </span>
            <span className={styles.workspace} dir="auto">
              {me.workspace.name}
            </span>
          </span>
          <ChevronsUpDown size={16} aria-hidden />
        </button>
      }
    />
  );
}
