import { type Collection } from '../../data/collection.js';
import { Fields, seedOf } from '../../data/random.js';
import * as words from '../../data/words.js';
import { type ProviderState } from '../provider-state.js';
import { handleOf, idOf, isProtected } from './handles.js';

/** One account of X: its profile and its posts. */
export class Account {
  readonly protected: boolean;
  private readonly seed: number;

  private constructor(
    readonly id: string,
    readonly handle: string,
    private readonly state: ProviderState,
  ) {
    this.protected = isProtected(handle);
    this.seed = seedOf('x', id, 'posts');
  }

  static byId(id: string, state: ProviderState): Account | undefined {
    const handle = handleOf(id);
    const account = handle === undefined ? undefined : new Account(id, handle, state);
    return account && account.profile.isLive(0) ? account : undefined;
  }

  static byHandle(handle: string, state: ProviderState): Account | undefined {
    const id = idOf(handle);
    return id === undefined ? undefined : Account.byId(id, state);
  }

  get profile(): Collection {
    return this.state.collection(this.id, 'profile');
  }

  get posts(): Collection {
    return this.state.collection(this.id, 'posts');
  }

  /** Whether X tells the numbers of a post. */
  isMeasured(index: number): boolean {
    return index < this.posts.end - this.state.collection(this.id, 'unmeasured').size;
  }

  /** The fields of a post, by the instant it was made at: the window of posts moves on, they stay the same. */
  postFields(createdAt: number, index: number): Fields {
    return new Fields(this.seed, createdAt + (index >= this.posts.size ? index : 0));
  }

  /** The user object with everything in it; what is not known is left out, never null. */
  user(now: number) {
    const fields = new Fields(seedOf('x', this.id, 'profile'), 0);
    const { version } = this.profile.state(0)!;
    const days = Math.floor((now - Date.UTC(2023, 0, 1)) / 86_400_000);
    const name = this.handle === 'acme' ? 'Acme' : `${this.handle[0]!.toUpperCase()}${this.handle.slice(1)}`;
    return {
      id: this.id,
      name,
      username: this.handle,
      created_at: new Date(Date.UTC(2015, fields.int(1, 12), 3)).toISOString(),
      description:
        version === 0 ? fields.pick(2, words.posts) : `${fields.pick(2, words.posts)} (rev ${version})`,
      ...(!fields.chance(3, 40) && { location: fields.pick(4, words.countries) }),
      profile_image_url: `https://img.example/${this.id}.png`,
      protected: this.protected,
      ...(!fields.chance(5, 30) && { url: `https://${this.handle.replaceAll('_', '-')}.example` }),
      verified: fields.chance(6, 50),
      verified_type: fields.chance(6, 50) ? 'business' : 'none',
      public_metrics: {
        // Grows by the day, so that snapshots make a line worth looking at.
        followers_count: 1_000 + fields.int(7, 50_000) + days * (1 + fields.int(8, 9)) + version * 3,
        following_count: fields.int(9, 900),
        tweet_count: this.posts.liveCount,
        listed_count: fields.int(10, 300),
        like_count: fields.int(11, 5_000),
        media_count: fields.int(12, 400),
      },
    };
  }
}
