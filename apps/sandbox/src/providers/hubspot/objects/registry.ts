import { companies, contacts, deals, tickets } from './crm.js';
import { calls, emails, meetings } from './engagements.js';
import { type ObjectType } from './object-type.js';

const all = [contacts, companies, deals, tickets, calls, emails, meetings];
const byName = new Map(all.flatMap((type) => [[type.name, type] as const, [type.typeId, type] as const]));

/** The object type of a path segment: its name, or its type id such as `0-3`. */
export function objectType(name: string): ObjectType | undefined {
  return byName.get(name);
}
