import { randomBytes } from 'node:crypto';
import { type ProviderState } from '../provider-state.js';
import { QueryRefusal, salesforceError } from './errors.js';
import { type Result } from './query.js';

interface Cursor {
  readonly account: string;
  readonly result: Result;
  readonly withDeleted: boolean;
  readonly size: number;
  readonly mintedAt: number;
}

/** Cursors that are kept; the oldest goes first, as a user's do who opens too many. */
const most = 1_000;

/** Query locators: the server's memory of what a query found. */
export class Locators {
  private readonly cursors = new Map<string, Cursor>();

  constructor(private readonly state: ProviderState) {}

  open(cursor: Omit<Cursor, 'mintedAt'>): string {
    const id = `0r8${randomBytes(12).toString('hex').slice(0, 15)}`;
    this.cursors.set(id, { ...cursor, mintedAt: this.state.instant() });
    const oldest = this.cursors.keys().next();
    if (this.cursors.size > most && !oldest.done) this.cursors.delete(oldest.value);
    return id;
  }

  /** @throws QueryRefusal INVALID_QUERY_LOCATOR */
  find(locator: string, account: string): { cursor: Cursor; id: string; from: number } {
    const [id = '', offset = ''] = locator.split('-');
    const cursor = this.cursors.get(id);
    const dead =
      !cursor ||
      cursor.account !== account ||
      cursor.mintedAt <= this.state.cutoff('expire_cursors', account);
    if (dead || !/^\d+$/.test(offset)) {
      throw new QueryRefusal(salesforceError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator'));
    }
    return { cursor, id, from: Number(offset) };
  }
}
