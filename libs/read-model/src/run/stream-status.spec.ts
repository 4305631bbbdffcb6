import type { RunStream } from './run-view.entity.js';
import { streamStatus, type StreamSituation } from './stream-status.js';

const now = Date.parse('2026-06-12T18:00:00Z');
const told = { last_success_at: null, resumes_at: null, error_reason: null };
const succeeded = { ...told, last_success_at: '2026-06-12T17:00:00Z' };
const failed = { ...succeeded, error_reason: 'config' as const };
const ahead = { ...failed, error_reason: 'rate_limit' as const, resumes_at: '2026-06-12T18:00:01Z' };
const past = { ...ahead, resumes_at: '2026-06-12T18:00:00Z' };

const inRun = (finishedAt: string | null, stream = 'deals') => ({ stream, finishedAt }) as RunStream;
const on = [inRun(null), inRun('2026-06-12T17:59:00Z', 'contacts')];

const statusOf = (situation: Partial<StreamSituation>) =>
  streamStatus({ stream: 'deals', told: undefined, isSyncing: false, running: undefined, now, ...situation });

describe('the status of a stream', () => {
  it.each<[string, Partial<StreamSituation>, string]>([
    ['never where no run has told of it', {}, 'never'],
    ['never where no run has read it to its end', { told }, 'never'],
    ['ok after a success', { told: succeeded }, 'ok'],
    ['failed when its last run failed, whatever was before', { told: failed }, 'failed'],
    ['waiting until the provider lets it go on', { told: ahead }, 'waiting'],
    ['failed once that time has come and no run is on', { told: past }, 'failed'],
    ['syncing while a run is on', { told: failed, isSyncing: true, running: on }, 'syncing'],
    ['syncing once a run is asked for', { isSyncing: true }, 'syncing'],
    ['waiting within a run that is on', { told: ahead, isSyncing: true, running: on }, 'waiting'],
    ['syncing once it may go on', { told: past, isSyncing: true, running: on }, 'syncing'],
    [
      'how it ended, though others go on',
      { stream: 'contacts', told: failed, isSyncing: true, running: on },
      'failed',
    ],
    [
      'how it fared, if the run does not cover it',
      { stream: 'notes', told: succeeded, isSyncing: true, running: on },
      'ok',
    ],
  ])('is %s', (_title, situation, status) => expect(statusOf(situation)).toBe(status));
});
