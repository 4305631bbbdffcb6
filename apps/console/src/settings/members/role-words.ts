import type { Role } from '../settings-queries';

/** What each role may do, in a line. */
export const roleWords: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  viewer: { name: 'Viewer', may: 'Looks at connections and their records; changes nothing.' },
  editor: { name: 'Editor', may: 'Connects, syncs, pauses and disconnects as well.' },
  admin: { name: 'Admin', may: 'Also manages members, API keys and these settings, and reads the audit.' },
};

export const platformRoleNames: Readonly<Record<string, string>> = {
  platform_member: 'Platform',
  engineering: 'Platform engineering',
  superadmin: 'Platform superadmin',
};
