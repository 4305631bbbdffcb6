import type { House } from '../../e2e/house/house.js';

const AT_ONCE = 8;

async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const one = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** Social accounts, as a workspace may have many of them, with few posts; returns when all have synced. */
export async function filledWorkspace(house: House, count: number): Promise<void> {
  await house.control('x', { records: { posts: 2 } });
  const client = house.client('admin');
  const handles = Array.from({ length: count }, (_, index) => `bench${index}`);
  await each(handles, (account_handle) =>
    client.post('connections', { connector_type: 'x', account_handle, name: `Account ${account_handle}` }),
  );
  await allQuiet(house, count);
}

/** Starts a sync of every connection, and returns when all have ended. */
export async function syncAll(house: House): Promise<void> {
  const client = house.client('admin');
  const connections = await everything(house);
  await each(connections, ({ id }) => client.post(`connections/${id}/sync`));
  await allQuiet(house, connections.length);
}

interface Listed {
  readonly id: string;
  readonly is_syncing: boolean;
}

async function everything(house: House): Promise<Listed[]> {
  const found: Listed[] = [];
  let cursor: string | undefined;
  do {
    const query: string = `connections?limit=200${cursor ? `&cursor=${cursor}` : ''}`;
    const { body } = await house
      .client('admin')
      .get<{ connections: Listed[]; next_cursor: string | null }>(query);
    found.push(...body.connections);
    cursor = body.next_cursor ?? undefined;
  } while (cursor);
  return found;
}

async function allQuiet(house: House, count: number): Promise<void> {
  const deadline = Date.now() + 300_000;
  for (;;) {
    const all = await everything(house);
    if (all.length === count && all.every(({ is_syncing: isSyncing }) => !isSyncing)) return;
    if (Date.now() > deadline) throw new Error(`${all.filter((one) => one.is_syncing).length} still sync`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Counts the live events that any subscriber of the workspace hears from now on. */
export async function countEvents(
  house: House,
  key: string,
): Promise<{ events: () => number; stop: () => void }> {
  const ended = new AbortController();
  let events = 0;
  const answer = await fetch(`${house.gateway}/api/platform/v1/connections/events`, {
    headers: { 'X-API-Key': key },
    signal: ended.signal,
  });
  void (async () => {
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? [])
      events += chunk.split('event: run.changed').length - 1;
  })().catch(() => undefined);
  return { events: () => events, stop: () => ended.abort() };
}
