import { type Collection } from '../../data/collection.js';
import { Fields, seedOf } from '../../data/random.js';
import * as words from '../../data/words.js';
import { type ProviderState } from '../provider-state.js';
import { isAdministered, nameOf } from './names.js';

const DAY_MS = 86_400_000;

/** One company page: what LinkedIn says of it, its days and its posts. */
export class Page {
  private constructor(
    readonly id: string,
    readonly vanityName: string,
    private readonly state: ProviderState,
  ) {}

  static byId(id: string, state: ProviderState): Page | undefined {
    const name = nameOf(id);
    return name === undefined ? undefined : new Page(id, name, state);
  }

  get urn(): string {
    return `urn:li:organization:${this.id}`;
  }

  get isAdministered(): boolean {
    return isAdministered(this.id);
  }

  get posts(): Collection {
    return this.state.collection(this.id, 'posts');
  }

  /** Whether LinkedIn has counted a post. */
  private isMeasured(index: number): boolean {
    return index < this.posts.end - this.state.collection(this.id, 'unmeasured').size;
  }

  /** The few fields that are told of a page on which the asker has no role. */
  organization() {
    const fields = new Fields(seedOf('linkedin', this.id, 'organization'), 0);
    const name =
      this.vanityName === 'acme' ? 'Acme' : `${this.vanityName[0]!.toUpperCase()}${this.vanityName.slice(1)}`;
    return {
      id: Number(this.id),
      vanityName: this.vanityName,
      localizedName: `${name} 🚀`,
      name: { localized: { en_US: `${name} 🚀` }, preferredLocale: { country: 'US', language: 'en' } },
      ...(!fields.chance(1, 30) && { localizedWebsite: `https://${this.vanityName}.example` }),
      locations: [{ locationType: 'HEADQUARTERS', address: { country: 'DE', city: 'Köln' } }],
      primaryOrganizationType: 'NONE',
    };
  }

  /** What the gains of all days have added up to; the same all day, today's gain in it. */
  followers(now: number): number {
    const fields = new Fields(seedOf('linkedin', this.id, 'followers'), 0);
    let followers = 1_000 + fields.int(1, 40_000);
    for (let start = Date.UTC(2023, 0, 1); start <= now; start += DAY_MS) followers += this.gain(start);
    return followers;
  }

  private gain(start: number): number {
    const { organicFollowerGain, paidFollowerGain } = this.followerDay(start).followerGains;
    return organicFollowerGain + paidFollowerGain;
  }

  private day(stream: string, start: number): { fields: Fields; timeRange: { start: number; end: number } } {
    const fields = new Fields(seedOf('linkedin', this.id, stream), start / DAY_MS);
    return { fields, timeRange: { start, end: start + DAY_MS } };
  }

  followerDay(start: number) {
    const { fields, timeRange } = this.day('follower_statistics', start);
    const followerGains = { organicFollowerGain: fields.int(1, 40) - 4, paidFollowerGain: fields.int(2, 3) };
    return { organizationalEntity: this.urn, timeRange, followerGains };
  }

  shareDay(start: number) {
    const { fields, timeRange } = this.day('share_statistics', start);
    return {
      organizationalEntity: this.urn,
      timeRange,
      totalShareStatistics: {
        clickCount: fields.int(1, 300),
        commentCount: fields.int(2, 20),
        engagement: fields.int(3, 1_000) / 10_000,
        impressionCount: 100 + fields.int(4, 9_000),
        likeCount: fields.int(5, 200),
        shareCount: fields.int(6, 15),
        uniqueImpressionsCount: 80 + fields.int(7, 5_000),
      },
    };
  }

  viewDay(start: number) {
    const { fields, timeRange } = this.day('page_statistics', start);
    const pageViews = fields.int(1, 500);
    return {
      organization: this.urn,
      timeRange,
      totalPageStatistics: {
        views: { allPageViews: { pageViews, uniquePageViews: Math.floor(pageViews / 2) } },
        clicks: { careersPageClicks: {}, mobileCareersPageClicks: {} },
      },
    };
  }

  /** Fields of a post, by the instant it was made at: the window of posts moves on, they stay the same. */
  private postFields(index: number): Fields {
    const { createdAt } = this.posts.state(index)!;
    return new Fields(
      seedOf('linkedin', this.id, 'posts'),
      createdAt + (index >= this.posts.size ? index : 0),
    );
  }

  postUrn(index: number): string {
    const { createdAt } = this.posts.state(index)!;
    const fields = this.postFields(index);
    const low = index >= this.posts.size ? index : fields.int(0, 1 << 22);
    const kind = fields.chance(9, 20) ? 'ugcPost' : 'share';
    return `urn:li:${kind}:${(BigInt(createdAt) << 22n) | BigInt(low & 0x3fffff)}`;
  }

  post(index: number) {
    const state = this.posts.state(index)!;
    const fields = this.postFields(index);
    const long = words.sentences.join(' ').repeat(8).slice(0, 3_000);
    const text = fields.chance(3, 10) ? long : fields.pick(4, words.posts);
    return {
      id: this.postUrn(index),
      author: this.urn,
      // A post of a picture alone has no words.
      ...(!fields.chance(5, 5) && {
        commentary: state.version === 0 ? text : `${text} (rev ${state.version})`,
      }),
      createdAt: state.createdAt,
      ...(!fields.chance(6, 5) && { publishedAt: state.createdAt + 500 }),
      lastModifiedAt: state.modifiedAt,
      lifecycleState: 'PUBLISHED',
      visibility: 'PUBLIC',
      distribution: { feedDistribution: 'MAIN_FEED', thirdPartyDistributionChannels: [] },
    };
  }

  postStatistics(index: number) {
    const fields = this.postFields(index);
    const { version } = this.posts.state(index)!;
    const urn = this.postUrn(index);
    return {
      organizationalEntity: this.urn,
      [urn.startsWith('urn:li:share:') ? 'share' : 'ugcPost']: urn,
      // Left out where LinkedIn has not counted.
      totalShareStatistics: this.isMeasured(index)
        ? {
            clickCount: fields.int(10, 200),
            commentCount: fields.int(11, 40),
            engagement: fields.int(12, 1_000) / 10_000,
            likeCount: fields.int(13, 800) + version,
            shareCount: fields.int(14, 50),
            ...(!fields.chance(15, 5) && { impressionCount: 100 + fields.int(16, 40_000) }),
          }
        : {},
    };
  }
}
