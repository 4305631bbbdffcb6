import { surfaceLevels, surfaces, type Surface, type SurfaceLevel } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';

import type { OperationOptions } from '../operations/operation.js';
import type { Caller } from './caller.js';

export interface SurfaceGate {
  /** The surface, and the app of the same name, that an operation belongs to. */
  readonly surface: Surface;
  readonly access: Exclude<SurfaceLevel, 'hidden'>;
}

/** What has to be open for an operation besides its scope; null where nothing has to. */
export function gateOf({ path, method }: Pick<OperationOptions, 'path' | 'method'>): SurfaceGate | null {
  const [segment] = path.split('/', 1);
  const surface = surfaces.find((name) => name === segment);
  return surface ? { surface, access: method === 'GET' ? 'read' : 'write' } : null;
}

/** Why this caller may not call the operation, in the contract's order; null when they may. */
export function refusalOf(
  scope: string | null,
  gate: SurfaceGate | null,
  caller: Pick<Caller, 'scopes' | 'surfaces' | 'apps'>,
): DomainError | null {
  if (gate) {
    const { surface, access } = gate;
    if (!caller.apps[surface]) {
      return new DomainError(
        'app_disabled',
        'This app is switched off for your workspace. An admin can switch it on in Settings → Apps.',
        { app: surface },
      );
    }
    // A level that this build does not know opens nothing.
    const held = caller.surfaces[surface] ?? 'hidden';
    if (rank(held) < rank(access)) {
      return new DomainError(
        'surface_denied',
        `This needs ${access} access to the surface ${surface}. An admin can give it in Settings → Access.`,
        { surface, required: access, held },
      );
    }
  }
  if (scope !== null && !caller.scopes.includes(scope)) {
    return new DomainError('missing_scope', `This needs the scope ${scope}. Use a key that has it.`, {
      required: scope,
    });
  }
  return null;
}

const rank = (level: string): number => (surfaceLevels as readonly string[]).indexOf(level);
