import {
  AppWindow,
  KeyRound,
  Plug,
  ScrollText,
  ShieldCheck,
  Timer,
  Users,
  type LucideIcon,
} from 'lucide-react';

import { useCadenceAccess } from '../../admin/cadence-access';
import { useCan } from '../../api/me';
import { useSeesConnections } from '../gates/surface-gate';

export interface Place {
  readonly to: string;
  readonly icon: LucideIcon;
  readonly name: string;
}

export interface Places {
  readonly main: Place[];
  readonly settings: Place[];
  readonly admin: Place[];
}

/** The pages that somebody may see, by what they may call. */
export function usePlaces(): Places {
  const can = useCan();
  const seesConnections = useSeesConnections();
  const cadence = useCadenceAccess();
  const place = (isSeen: boolean, to: string, icon: LucideIcon, name: string): Place[] =>
    isSeen ? [{ to, icon, name }] : [];
  return {
    main: place(seesConnections, '/connections', Plug, 'Connections'),
    settings: [
      ...place(can('settings.get_apps'), '/settings/apps', AppWindow, 'Apps'),
      ...place(can('settings.get_access'), '/settings/access', ShieldCheck, 'Access'),
      ...place(true, '/settings/members', Users, 'Members'),
      ...place(true, '/settings/api-keys', KeyRound, 'API keys'),
      ...place(can('audit.list'), '/settings/audit', ScrollText, 'Audit'),
    ],
    admin: place(cadence !== 'none', '/admin/cadence', Timer, 'Connector cadence'),
  };
}
