import { AccessService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { stored, type SeedPlan } from './seed-plan.mjs';

export type { SeedPlan } from './seed-plan.mjs';

/** Creates the workspaces, members and keys of `plan` through access's own commands; repeating it changes nothing. */
export async function seed(plan: SeedPlan): Promise<void> {
  const bus = await Bus.connect('seed', process.env.NATS_URL ?? '');
  try {
    for (const { id: workspaceId, name, slug, members, keys } of plan.workspaces) {
      const access = bus.rpc(AccessService, { workspaceId, actor: 'system:seed' });
      await access.createWorkspace({ workspaceId, name, slug });
      for (const { id: userId, email, name, role, platform_role: platformRole } of members) {
        await access.addMember({ workspaceId, userId, email, name, role, platformRole });
      }
      for (const { key_id: keyId, user_id: userId, name, scopes, key } of Object.values(keys)) {
        await access.issueApiKey({ keyId, workspaceId, userId, name, scopes, ...stored(key) });
      }
    }
  } finally {
    await bus.close();
  }
}
