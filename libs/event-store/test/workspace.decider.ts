import type { EventOf } from '@connections/contracts';
import { DomainError, type ClaimChange, type Decider } from '@connections/event-sourcing';

type Event = EventOf<'access.workspace'>;
type Command =
  | { type: 'Create'; data: { name: string; slug: string } }
  | { type: 'AddMember'; data: { userId: string; email: string } };

interface State {
  readonly created: boolean;
  readonly members: readonly string[];
}

const at = '2026-01-01T00:00:00.000Z';

/** A workspace as the suites need it: a unique slug, one claim per member's e-mail, and refusals. */
export const workspaceDecider: Decider<State, Command, Event> = {
  aggregate: 'workspace',
  initialState: { created: false, members: [] },
  decide({ type, data }, state) {
    switch (type) {
      case 'Create':
        if (state.created) return [];
        return [{ type: 'WorkspaceCreated', data: { workspaceId: '', ...data, createdAt: at } }];
      case 'AddMember':
        if (!state.created) throw new DomainError('not_found', 'There is no such workspace.');
        if (state.members.includes(data.userId)) return [];
        return [
          {
            type: 'MemberAdded',
            data: { workspaceId: '', name: '', role: 'viewer', addedAt: at, ...data },
          },
        ];
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'WorkspaceCreated':
        return { ...state, created: true };
      case 'MemberAdded':
        return { ...state, members: [...state.members, event.data.userId] };
      default:
        return state;
    }
  },
  claims(_state, event): ClaimChange[] {
    switch (event.type) {
      case 'WorkspaceCreated':
        return [{ op: 'acquire', kind: 'slug', key: event.data.slug }];
      case 'MemberAdded':
        return [{ op: 'acquire', kind: 'email', key: event.data.email }];
      default:
        return [];
    }
  },
};
