import { CircleCheck, CircleDashed, CircleX, Hourglass, RefreshCw } from 'lucide-react';

import type { Answer } from '../../api/client';
import type { StateLook } from '../../ui/state-label';

export type Stream = Answer<'connections.list_streams'>['streams'][number];

export const streamLooks: Readonly<Record<Stream['status'], StateLook>> = {
  never: { word: 'Not read yet', icon: CircleDashed, tone: 'grey' },
  syncing: { word: 'Syncing', icon: RefreshCw, tone: 'blue', turning: true },
  waiting: { word: 'Waiting', icon: Hourglass, tone: 'purple' },
  ok: { word: 'OK', icon: CircleCheck, tone: 'green' },
  failed: { word: 'Failed', icon: CircleX, tone: 'red' },
};

/** How a stream was read the last time; “not known” before the first. */
export function modeWords(mode: Stream['mode']): string {
  if (mode === null) return 'not known';
  return mode === 'full' ? 'Everything' : 'Changes only';
}
