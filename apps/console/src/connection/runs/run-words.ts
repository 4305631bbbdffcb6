import {
  CircleCheck,
  CircleStop,
  CircleX,
  Hourglass,
  RefreshCw,
  SkipForward,
  TriangleAlert,
} from 'lucide-react';

import type { Run, RunDetail } from '../../api/connections';
import type { StateLook } from '../../ui/state-label';

export const runLooks: Readonly<Record<Run['status'], StateLook>> = {
  running: { word: 'Running', icon: RefreshCw, tone: 'blue', turning: true },
  completed: { word: 'Completed', icon: CircleCheck, tone: 'green' },
  partial: { word: 'Completed in part', icon: TriangleAlert, tone: 'orange' },
  failed: { word: 'Failed', icon: CircleX, tone: 'red' },
  skipped_locked: { word: 'Skipped: another sync was running', icon: SkipForward, tone: 'grey' },
};

export const runStreamLooks: Readonly<Record<RunDetail['streams'][number]['status'], StateLook>> = {
  running: { word: 'Running', icon: RefreshCw, tone: 'blue', turning: true },
  waiting: { word: 'Waiting', icon: Hourglass, tone: 'purple' },
  completed: { word: 'Completed', icon: CircleCheck, tone: 'green' },
  failed: { word: 'Failed', icon: CircleX, tone: 'red' },
  stopped: { word: 'Stopped', icon: CircleStop, tone: 'grey' },
};

export const triggerWords: Readonly<Record<Run['trigger'], string>> = {
  connect: 'First sync',
  reconnect: 'Reconnected',
  manual: 'Asked for by hand',
  schedule: 'On schedule',
  retry: 'Tried again by itself',
};

/** What became of a run's streams: “7 of 8 done, 1 failed”. */
export function streamsWords(run: Run): string {
  const { status, streams_total: total, streams_failed: failed, streams_done: done } = run;
  if (status === 'skipped_locked') return 'none';
  const succeeded = status === 'running' ? done : total - failed;
  return `${succeeded} of ${total} done${failed > 0 ? `, ${failed} failed` : ''}`;
}
