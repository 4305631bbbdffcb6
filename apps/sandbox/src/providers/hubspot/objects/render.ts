import { type ObjectRow, type ObjectType, time } from './object-type.js';

/**
 * One row on the wire: `{id, properties, createdAt, updatedAt, archived, archivedAt?, associations?}`.
 * @param names the properties to carry; unknown ones are left out
 */
export function render(
  type: ObjectType,
  row: ObjectRow,
  names: readonly string[],
  associated: readonly string[] = [],
) {
  const { state } = row;
  const properties: Record<string, string | null> = {};
  for (const name of names) {
    const property = type.properties[name];
    if (property) properties[name] = property(row);
  }
  const links = associated.length > 0 ? associations(type, row, associated) : undefined;
  return {
    id: row.id,
    properties,
    createdAt: time(state.createdAt),
    updatedAt: time(state.modifiedAt),
    archived: state.deletedAt !== null,
    ...(state.deletedAt !== null && { archivedAt: time(state.deletedAt) }),
    ...(links && Object.keys(links).length > 0 && { associations: links }),
  };
}

const firstIds: Readonly<Record<string, number>> = { contacts: 901, companies: 9_951 };

function associations(type: ObjectType, row: ObjectRow, wanted: readonly string[]) {
  const links: Record<string, { results: { id: string; type: string }[] }> = {};
  for (const [position, target] of type.associations.entries()) {
    const size = row.portal.collection(target).size;
    if (!wanted.includes(target) || size === 0 || row.fields.chance(80 + position, 30)) continue;
    const id = String(firstIds[target]! + row.fields.int(82 + position, size));
    const kind = `${type.name.replace(/ies$/, 'y').replace(/s$/, '')}_to_${target === 'companies' ? 'company' : 'contact'}`;
    links[target] = { results: [{ id, type: kind }] };
  }
  return links;
}
