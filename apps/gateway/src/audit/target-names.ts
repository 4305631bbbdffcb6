import type { AuditEntry, Plain } from '@connections/contracts';
import { createLogger } from '@connections/platform';
import { ConnectionNames } from '@connections/read-model';
import { Injectable } from '@nestjs/common';

import { CatalogClient } from '../catalog/catalog-client.js';
import { isUuid } from '../input/ids.js';

export const targetTypes = ['connection', 'member', 'api_key', 'connector'] as const;
export type TargetType = (typeof targetTypes)[number];

/** By the part of an operation's id before the dot. */
const typeOf: Readonly<Record<string, TargetType>> = {
  connections: 'connection',
  members: 'member',
  api_keys: 'api_key',
  admin: 'connector',
};

/** What kind of thing an entry's target is; null without a target, and where the request reached no operation. */
export function targetTypeOf({
  action,
  target,
}: Pick<Plain<AuditEntry>, 'action' | 'target'>): TargetType | null {
  return target === undefined ? null : (typeOf[action.split('.')[0] ?? ''] ?? null);
}

/** What the targets of entries are called now. */
@Injectable()
export class TargetNames {
  private readonly logger = createLogger('gateway');

  constructor(
    private readonly connections: ConnectionNames,
    private readonly catalog: CatalogClient,
  ) {}

  /**
   * How to name an entry's target; null for what has no name or is not there any more. What is away leaves its names
   * out: the entries do not rest on them.
   */
  async of(
    workspaceId: string,
    entries: readonly Plain<AuditEntry>[],
  ): Promise<(entry: Plain<AuditEntry>) => string | null> {
    const targets = (type: TargetType) =>
      entries.filter((entry) => targetTypeOf(entry) === type).map(({ target = '' }) => target);
    const ids = [...new Set(targets('connection').filter(isUuid))];
    const [connections, connectors] = await Promise.all([
      ids.length > 0 ? this.known(this.connections.of(workspaceId, ids)) : undefined,
      targets('connector').length > 0 ? this.known(this.catalog.all()) : undefined,
    ]);
    return (entry) => {
      const { target = '', targetName } = entry;
      switch (targetTypeOf(entry)) {
        case 'connection':
          return connections?.get(target) ?? null;
        case 'connector':
          return connectors?.get(target)?.name ?? null;
        case 'member':
        case 'api_key':
          return targetName ?? null;
        case null:
          return null;
      }
    };
  }

  private async known<T>(names: Promise<T>): Promise<T | undefined> {
    try {
      return await names;
    } catch (err) {
      this.logger.warn({ err }, 'Audit entries without the names of their targets');
      return undefined;
    }
  }
}
