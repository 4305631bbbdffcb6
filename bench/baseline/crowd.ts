// A crowd of clients, as a process of its own: some follow live events, some poll with If-None-Match, each on a connection
// of its own. Tells when all stand, then every second what was heard and how long the polls waited.
import { Agent, get, type IncomingMessage } from 'node:http';

/** Of one workspace. */
export interface Group {
  readonly key: string;
  readonly followers: number;
  readonly pollers: number;
}

export interface Crowd {
  /** The API's base URL. */
  readonly api: string;
  readonly groups: readonly Group[];
  readonly pollEveryMs: number;
}

export interface Heard {
  /** `[connection, status, wall-clock ms]` of each event that a follower was told. */
  readonly told: readonly (readonly [id: string, status: string, at: number])[];
  /** How long each poll waited for its answer, ms. */
  readonly polls: readonly number[];
  readonly notModified: number;
  /** What should not happen: streams that ended, answers that are neither 200 nor 304. */
  readonly faults: readonly string[];
}

const now = () => performance.timeOrigin + performance.now();
let told: [string, string, number][] = [];
let polls: number[] = [];
let notModified = 0;
let faults: string[] = [];

process.on('message', (crowd: Crowd) => void gather(crowd));
process.channel?.ref();
process.send?.({ ready: true });

async function gather({ api, groups, pollEveryMs }: Crowd): Promise<void> {
  for (const { key, followers, pollers } of groups) {
    await Promise.all(Array.from({ length: followers }, () => follow(`${api}/connections/events`, key)));
    for (let i = 0; i < pollers; i++) poll(`${api}/connections`, key, pollEveryMs);
  }
  process.send?.({ standing: true });
  setInterval(() => {
    process.send?.({ told, polls, notModified, faults } satisfies Heard);
    [told, polls, notModified, faults] = [[], [], 0, []];
  }, 1000);
}

function follow(url: string, key: string): Promise<void> {
  return new Promise((standing, reject) => {
    const request = get(url, { agent: new Agent(), headers: { 'x-api-key': key } }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`a stream was answered ${answer.statusCode}`));
      standing();
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const frames = text.split('\n\n');
        text = frames.pop() ?? '';
        for (const frame of frames) {
          const data = /^data: (\{.*)$/m.exec(frame)?.[1];
          const { id, status } = JSON.parse(data ?? '{}') as { id?: string; status?: string };
          if (id && status) told.push([id, status, now()]);
        }
      });
      answer.on('close', () => faults.push('a stream ended'));
    });
    request.on('error', reject);
  });
}

/** Polls come at a steady rate, spread over the interval. */
function poll(url: string, key: string, everyMs: number): void {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let etag = '';
  const ask = async () => {
    const asked = now();
    const answer = await new Promise<IncomingMessage>((resolve, reject) =>
      get(url, { agent, headers: { 'x-api-key': key, 'if-none-match': etag } }, resolve).on('error', reject),
    );
    answer.resume();
    await new Promise((end) => answer.once('close', end));
    polls.push(now() - asked);
    etag = answer.headers.etag ?? etag;
    if (answer.statusCode === 304) notModified++;
    else if (answer.statusCode !== 200) faults.push(`a poll was answered ${answer.statusCode}`);
  };
  const again = () =>
    void ask()
      .catch((error: unknown) => faults.push(String(error)))
      .finally(() => setTimeout(again, everyMs));
  setTimeout(again, Math.random() * everyMs);
}
