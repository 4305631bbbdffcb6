import { queryOptions } from '@tanstack/react-query';

interface ConsoleSettings {
  /** Where a trace is shown, with `{trace_id}` in it; null where nowhere. */
  readonly trace_url_template: string | null;
}

/** What the gateway tells the console of its own set-up. */
export const consoleSettingsQuery = queryOptions({
  queryKey: ['console-settings'],
  queryFn: async ({ signal }): Promise<ConsoleSettings> => {
    const answer = await fetch('/console.json', { signal });
    return answer.ok ? ((await answer.json()) as ConsoleSettings) : { trace_url_template: null };
  },
  staleTime: Infinity,
});
