import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { EyeOff, PowerOff } from 'lucide-react';

import { useAdmins, useCan, useMe } from '../../api/me';
import { EmptyState } from '../../ui/empty-state';
import { Page } from '../../ui/page';

/** Whether somebody sees the pages of connections at all. */
export function useSeesConnections(): boolean {
  const { apps, surfaces } = useMe();
  return apps.connections && surfaces.connections !== 'hidden';
}

/** Every page; in the place of those of connections, where the app is off or hidden from the caller, why, and who can change that. */
export function SurfaceGate() {
  const { apps } = useMe();
  const isOfConnections = useLocation({ select: ({ pathname }) => pathname.startsWith('/connections') });
  const sees = useSeesConnections();
  if (sees || !isOfConnections) return <Outlet />;
  return apps.connections ? <Hidden /> : <SwitchedOff />;
}

export function SwitchedOff() {
  const can = useCan();
  const admins = useAdmins();
  return (
    <Page title="Connections">
      <EmptyState icon={PowerOff} title="Connections is switched off for this workspace.">
        <p>Syncing goes on in the background, and nothing is lost.</p>
        {can('settings.set_app') ? (
          <p>
            <Link to="/settings/apps">Switch it on in Apps</Link>
          </p>
        ) : (
          <p>
            <span dir="auto">{admins}</span> can switch it on.
          </p>
        )}
      </EmptyState>
    </Page>
  );
}

export function Hidden() {
  const can = useCan();
  const admins = useAdmins();
  return (
    <Page title="Connections">
      <EmptyState icon={EyeOff} title="Connections is hidden from you.">
        {can('settings.set_access') ? (
          <p>
            <Link to="/settings/access">Change that in Access</Link>
          </p>
        ) : (
          <p>
            <span dir="auto">{admins}</span> can give you access.
          </p>
        )}
      </EmptyState>
    </Page>
  );
}
