import type { House } from '../../e2e/house/house.js';
import { connectAccount } from '../connect.js';

const AT_ONCE = 8;
/** Rows of a stream that has more than that of itself. */
const ROWS = 20;
/** Where children cost a request for each parent; Pylon allows twenty of those in a minute. */
const few: Readonly<Record<string, Record<string, number>>> = {
  pylon: { issues: 6, issue_messages: 12 },
  notion: { pages: 8, rows: 8, blocks: 32 },
};

const ofTheWorkspace = [
  'hubspot', 'salesforce', 'pipedrive', 'gong', 'fathom', 'aircall', 'grain', 'granola', 'fireflies', 'pylon', 'notion', 'slack',
]; // prettier-ignore
export const social = ['x', 'linkedin'];
const ofAMember = ['gmail', 'outlook'];
export const types = [...ofTheWorkspace, ...social, ...ofAMember];

export interface Made {
  readonly id: string;
  readonly workspace: number;
}

/** Few rows everywhere, and limits that hold. */
export async function shrink(house: House): Promise<void> {
  for (const type of types) {
    const { default_records } = await house.sandbox<{ default_records: Record<string, number> }>(
      'GET',
      `/_control/${type}`,
    );
    const records = Object.fromEntries(
      Object.entries(default_records).map(([stream, n]) => [stream, Math.min(n, ROWS)]),
    );
    await house.control(type, { records: { ...records, ...few[type] }, enforce_limits: true });
  }
}

/** Twenty in each workspace: one of every connector, a second handle, and a mailbox of each kind for two members. */
export async function connectAll(house: House, workspaces: number): Promise<Made[]> {
  const made: Made[] = [];
  await atOnce(Array.from({ length: workspaces }).keys(), async (workspace) => {
    const admin = house.client('admin', workspace);
    const editor = house.client('editor', workspace);
    const [own, other] = [20_001 + 2 * workspace, 20_002 + 2 * workspace];
    const take = (id: string) => made.push({ id, workspace });
    for (const type of [...ofTheWorkspace, ...social]) take(await connectAccount(admin, type, own));
    for (const type of social) take(await connectAccount(editor, type, other));
    for (const type of ofAMember) {
      take(await connectAccount(admin, type, own));
      take(await connectAccount(editor, type, other + 1_000));
    }
  });
  return made;
}

export const askAll = (house: House, made: readonly Made[]) =>
  atOnce(
    made.toSorted((a, b) => a.workspace - b.workspace),
    async ({ id, workspace }) => {
      const { status, text } = await house.client('admin', workspace).post(`/connections/${id}/sync`);
      if (status !== 202) throw new Error(`sync: ${status} ${text}`);
    },
  );

export async function atOnce<Item>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const one = async () => {
    for (let next = rest.next(); !next.done; next = rest.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}
