import { infiniteQueryOptions } from '@tanstack/react-query';

import { answerOf, api, type Answer } from '../../api/client';
import { present } from '../../search';
import type { SettingsSearch } from '../settings-search';

export type AuditEntry = Answer<'audit.list'>['entries'][number];

export type AuditFilters = Pick<SettingsSearch, 'actor' | 'action' | 'target' | 'outcome' | 'from' | 'to'>;

export const auditFilters = ({ actor, action, target, outcome, from, to }: SettingsSearch): AuditFilters =>
  present({ actor, action, target, outcome, from, to });

/** Newest first, page by page. */
export const auditQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['settings', 'audit', filters],
    queryFn: ({ pageParam, signal }) => {
      const { from, to, ...rest } = filters;
      const query = present({
        ...rest,
        from: from && startOf(from),
        to: to && startOf(to, 1),
        cursor: pageParam,
      });
      return answerOf(api.GET('/api/platform/v1/audit', { params: { query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
    // Nothing tells of new entries: each visit reads them again.
    staleTime: 0,
  });

/** When a day begins for the reader, some days later. */
function startOf(day: string, later = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
