import { type Collection, type RowState } from '../../data/collection.js';
import { Fields, seedOf } from '../../data/random.js';
import { type ProviderState } from '../provider-state.js';

/** A folder: one that every mailbox has, or a row of `mail_folders`. */
export interface Folder {
  readonly id: string;
  readonly name: string;
  readonly parent: string;
  readonly wellKnown?: string;
  readonly hidden?: boolean;
  readonly search?: boolean;
}

export interface Message {
  readonly index: number;
  readonly state: RowState;
}

const folderId = (number: number): string => `AAMkAGI2THVSAA${String(number).padStart(4, '0')}AAA=`;
const root = folderId(9_999);
const inbox = folderId(0);
const projects = folderId(5);

const everybodys: readonly Folder[] = [
  { id: inbox, name: 'Inbox', wellKnown: 'inbox', parent: root },
  { id: folderId(1), name: 'Gesendete Elemente', wellKnown: 'sentitems', parent: root },
  { id: folderId(2), name: 'Entwürfe', wellKnown: 'drafts', parent: root },
  { id: folderId(3), name: 'Deleted Items', wellKnown: 'deleteditems', parent: root },
  { id: folderId(4), name: 'Junk Email', wellKnown: 'junkemail', parent: root },
  { id: projects, name: 'Projekte 📁', parent: inbox },
  { id: folderId(6), name: 'Alt', parent: projects },
  { id: folderId(7), name: 'Conversation Action Settings', parent: root, hidden: true },
  { id: folderId(8), name: 'Ungelesen', parent: root, search: true },
];

/** So many of them hold mail. */
const HOLDING = 7;

/** One mailbox: its folders, its messages, where they lay and lie. */
export class Mailbox {
  constructor(
    readonly account: string,
    private readonly provider: ProviderState,
  ) {}

  collection(stream: string): Collection {
    return this.provider.collection(this.account, stream);
  }

  fields(stream: string, index: number): Fields {
    return new Fields(seedOf('outlook', this.account, stream), index);
  }

  expiredUpTo(): number {
    return this.provider.cutoff('expire_cursors', this.account);
  }

  /** Later than every change so far, earlier than every one to come. */
  now(): number {
    return this.provider.instant();
  }

  folders(): Folder[] {
    const own = this.collection('mail_folders');
    return [...everybodys, ...[...own.byId(0)].map((index) => this.ownFolder(index))];
  }

  /** By id, or by the name that every mailbox knows it by. */
  folder(id: string): Folder | undefined {
    return this.folders().find((folder) => folder.id === id || folder.wellKnown === id);
  }

  below = (parent: string | undefined): Folder[] =>
    this.folders().filter((folder) => folder.parent === (parent ?? root));

  private ownFolder(index: number): Folder {
    const { version } = this.collection('mail_folders').state(index)!;
    const name = `Kunde ${index} “été”${version === 0 ? '' : ` (rev ${version})`}`;
    return { id: folderId(100 + index), name, parent: root };
  }

  /** Where a message lies after `version` changes: every other message moves with every other change. */
  folderOf(index: number, version: number): string {
    const own = this.collection('mail_folders').size;
    const moves = index % 2 === 0 ? Math.floor((version + 1) / 2) : 0;
    const place = (index + moves) % (HOLDING + own);
    return folderId(place < HOLDING ? place : 100 + place - HOLDING);
  }

  lying({ index, state }: Message): string {
    return this.folderOf(index, state.version);
  }

  message(index: number): Message | undefined {
    const state = this.collection('messages').state(index);
    return state && { index, state };
  }

  /** Messages that are there; those of a folder that was deleted went with it. */
  messages(): Message[] {
    const folders = new Set(this.folders().map(({ id }) => id));
    return [...this.collection('messages').byId(0)]
      .map((index) => this.message(index)!)
      .filter((message) => folders.has(this.lying(message)));
  }

  /** By either form of its id. */
  byId(id: string): Message | undefined {
    const index = Number(/^(?:AAkALg|AAMkAD\d{4}_)(\d{8})AAA=$/.exec(id)?.[1] ?? NaN);
    const message = this.collection('messages').isLive(index) ? this.message(index) : undefined;
    if (!message || !this.folder(this.lying(message))) return undefined;
    return [true, false].some((immutable) => this.id(message, immutable) === id) ? message : undefined;
  }

  /** One form names the folder, and changes with it. */
  id(message: Message, immutable: boolean): string {
    const row = `${String(message.index).padStart(8, '0')}AAA=`;
    return immutable ? `AAkALg${row}` : `AAMkAD${this.lying(message).slice(14, 18)}_${row}`;
  }

  /** Messages that changed after an instant, deleted ones included, oldest change first. */
  changedSince(instant: number): Message[] {
    const rows = this.collection('messages');
    return [...rows.changedIn({ since: instant + 1 }), ...rows.deletedRows()]
      .map((index) => this.message(index)!)
      .filter((message) => changedAt(message) > instant)
      .sort((one, other) => changedAt(one) - changedAt(other) || one.index - other.index);
  }
}

export const changedAt = ({ state }: Message): number => state.deletedAt ?? state.modifiedAt;
