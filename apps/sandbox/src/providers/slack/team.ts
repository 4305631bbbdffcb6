import { type Collection } from '../../data/collection.js';
import { Fields, seedOf } from '../../data/random.js';
import * as words from '../../data/words.js';
import { type ProviderState } from '../provider-state.js';

/** So many of the newest generated messages have threads. */
const THREADS = 40;

/** One workspace of Slack: its people, its channels, what was said. */
export class Team {
  constructor(
    readonly account: string,
    private readonly provider: ProviderState,
  ) {}

  get id(): string {
    return `T${this.account}`;
  }

  get name(): string {
    return `Acme ${this.account} 💬`;
  }

  collection(stream: string): Collection {
    return this.provider.collection(this.account, stream);
  }

  expiredUpTo(): number {
    return this.provider.cutoff('expire_cursors', this.account);
  }

  fields(stream: string, index: number): Fields {
    return new Fields(seedOf('slack', this.account, stream), index);
  }

  /** Of four channels the bot is in three; only there can it read. */
  isMember = (channel: number): boolean => channel % 4 !== 3;

  /** Channels that the bot was in when everything began: messages are dealt out to them in turn. */
  private home(): number[] {
    return Array.from({ length: this.collection('channels').size }, (_, i) => i).filter(this.isMember);
  }

  /** Live messages of a channel, newest first. */
  *history(channel: number): Generator<number> {
    const home = this.home();
    const place = home.indexOf(channel);
    if (place < 0) return;
    for (const index of this.collection('messages').byId(Infinity, true)) {
      if (index % home.length === place) yield index;
    }
  }

  channelOf(message: number): number {
    const home = this.home();
    return home[message % home.length]!;
  }

  /** The message that a reply belongs to; undefined where there are none. */
  threadOf(reply: number): number | undefined {
    const { size } = this.collection('messages');
    return size === 0 ? undefined : size - 1 - (reply % Math.min(size, THREADS));
  }

  /** Live replies of a message, oldest first. */
  replies(message: number): number[] {
    const replies = this.collection('replies');
    return [...replies.byId(0)].filter((reply) => this.threadOf(reply) === message);
  }

  /** `ts` of a message: seconds, and a number that no other message of the second has. */
  messageTs(message: number): string {
    const { createdAt } = this.collection('messages').state(message)!;
    return `${Math.floor(createdAt / 1000)}.${String(message % 1_000_000).padStart(6, '0')}`;
  }

  replyTs(reply: number): string {
    const replies = this.collection('replies');
    const parent = this.collection('messages').state(this.threadOf(reply)!)!;
    const generated = parent.createdAt + 60_000 * (Math.floor(reply / THREADS) + 1);
    const at = reply < replies.size ? generated : replies.state(reply)!.createdAt;
    return `${Math.floor(at / 1000)}.${String(500_000 + (reply % 500_000))}`;
  }

  user = (index: number): string => `U${String(index).padStart(8, '0')}`;
  channel = (index: number): string => `C${String(index).padStart(8, '0')}`;

  /** The index of a channel's id; undefined for anything else. */
  channelIndex(id: string | undefined): number | undefined {
    const index = /^C\d{8}$/.test(id ?? '') ? Number(id!.slice(1)) : NaN;
    return this.collection('channels').isLive(index) ? index : undefined;
  }

  renderUser(index: number) {
    const fields = this.fields('users', index);
    const { version, modifiedAt } = this.collection('users').state(index)!;
    const name = `${fields.pick(1, words.firstNames)} ${fields.pick(2, words.lastNames)}`;
    return {
      id: this.user(index),
      team_id: this.id,
      name: `user.${index}`,
      real_name: version === 0 ? name : `${name} (rev ${version})`,
      deleted: fields.chance(3, 5),
      is_bot: false,
      is_app_user: false,
      updated: Math.floor(modifiedAt / 1000),
      profile: {
        title: fields.chance(4, 50) ? fields.pick(5, words.jobTitles) : '',
        display_name: name,
        ...(fields.chance(6, 90) && { email: `user.${index}@example.test` }),
      },
    };
  }

  renderChannel(index: number) {
    const fields = this.fields('channels', index);
    const { version, createdAt } = this.collection('channels').state(index)!;
    return {
      id: this.channel(index),
      name: `kanal-${index}-été`,
      is_channel: true,
      is_private: fields.chance(1, 25),
      is_archived: false,
      is_member: this.isMember(index),
      created: Math.floor(createdAt / 1000),
      creator: this.user(0),
      num_members: this.members(index).length,
      topic: { value: version === 0 ? fields.pick(2, words.subjects) : `rev ${version}` },
      purpose: { value: '' },
    };
  }

  /** A few of the people who were there from the start. */
  members(channel: number): string[] {
    const { size } = this.collection('users');
    return Array.from({ length: Math.min(size, 5) }, (_, i) => this.user((channel + i * 7) % size)).filter(
      (user, i, all) => all.indexOf(user) === i,
    );
  }

  renderMessage(index: number) {
    const ts = this.messageTs(index);
    const thread = this.replies(index);
    return {
      ...this.said('messages', index),
      ts,
      ...(thread.length > 0 && {
        thread_ts: ts,
        reply_count: thread.length,
        latest_reply: this.replyTs(thread.at(-1)!),
      }),
    };
  }

  renderReply(index: number) {
    const parent = this.threadOf(index)!;
    return {
      ...this.said('replies', index),
      ts: this.replyTs(index),
      thread_ts: this.messageTs(parent),
      parent_user_id: this.user(0),
    };
  }

  private said(stream: string, index: number) {
    const fields = this.fields(stream, index);
    const { version, modifiedAt } = this.collection(stream).state(index)!;
    const user = this.user(fields.int(1, Math.max(1, this.collection('users').size)));
    const text = fields.pick(2, words.sentences).repeat(fields.chance(3, 1) ? 500 : 1);
    return {
      type: 'message',
      user,
      text: version === 0 ? text : `${text} (rev ${version})`,
      ...(version > 0 && { edited: { user, ts: `${Math.floor(modifiedAt / 1000)}.000000` } }),
      ...(fields.chance(4, 20) && { reactions: [{ name: 'tada', users: [user], count: 1 }] }),
    };
  }
}
