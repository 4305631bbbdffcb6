import { useEffect } from 'react';

import { createStore, useStore } from '../../live/store';
import { roles, type AccessPolicy, type Level, type Role } from '../settings-queries';

interface Draft {
  readonly workspaceId: string;
  /** What was in force when the changes began; another admin may have saved since. */
  readonly base: string;
  readonly policy: AccessPolicy;
}

/** Changes that are not saved outlive a visit to another page. */
const draft = createStore<Draft | null>(null);

/** What no policy comes to, as one to begin with. */
const everything: AccessPolicy = {
  roles: { viewer: 'write', editor: 'write', admin: 'write' },
  members: {},
};

/** The policy with the changes that are not saved yet. `saved`: null where there is no policy. */
export function useAccessDraft(workspaceId: string, saved: AccessPolicy | null) {
  const kept = useStore(draft);
  const current = kept?.workspaceId === workspaceId ? kept : null;
  const isChanged = current !== null && keyOf(current.policy) !== keyOf(saved);
  useEffect(() => {
    if (!isChanged) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isChanged]);
  const policy = current?.policy ?? saved;
  const change = (next: AccessPolicy) =>
    draft.set({ workspaceId, base: current?.base ?? keyOf(saved), policy: next });
  const from = policy ?? everything;
  return {
    /** Null: there is none, and none has been begun. */
    policy,
    isChanged,
    isOvertaken: isChanged && current.base !== keyOf(saved),
    begin: () => change(everything),
    setRole: (role: Role, level: Level) => change({ ...from, roles: { ...from.roles, [role]: level } }),
    setMember: (id: string, level: Level) => change({ ...from, members: { ...from.members, [id]: level } }),
    removeMember: (id: string) =>
      change({
        ...from,
        members: Object.fromEntries(Object.entries(from.members).filter(([other]) => other !== id)),
      }),
    discard: () => draft.set(null),
  };
}

const keyOf = (policy: AccessPolicy | null): string =>
  policy === null
    ? ''
    : JSON.stringify([roles.map((role) => policy.roles[role]), Object.entries(policy.members).sort()]);
