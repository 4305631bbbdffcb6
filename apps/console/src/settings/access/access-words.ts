import type { Level, Role } from '../settings-queries';

export const roleNames: Readonly<Record<Role, string>> = {
  viewer: 'Viewers',
  editor: 'Editors',
  admin: 'Admins',
};

export const levelNames: Readonly<Record<Level, string>> = { hidden: 'Hidden', read: 'Read', write: 'Write' };

/** What a level means, as a sentence about `who`: a role that only reads changes nothing with Write either. */
export function effect(who: string, role: Role, level: Level): string {
  if (level === 'hidden') {
    const rest = role === 'admin' ? ', and keep these settings' : '';
    return `${who} cannot see Connections in the app, over the API or over MCP${rest}.`;
  }
  if (level === 'read') return `${who} can look, and change nothing.`;
  if (role === 'viewer') return `${who} can look; a viewer’s role changes nothing.`;
  return `${who} can look, connect, sync, pause and disconnect.`;
}
