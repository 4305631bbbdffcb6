import { seconds } from '../account.js';
import * as words from '../../data/words.js';
import { type Folder, type Mailbox, type Message } from './mailbox.js';

const HUGE = 4_000;

/** What a request asks for by its `Prefer` header and `$select`. */
export interface Wishes {
  readonly immutable: boolean;
  readonly text: boolean;
  /** Undefined: everything. */
  readonly select?: readonly string[];
}

export function folder(mailbox: Mailbox, { id, name, parent, hidden = false, search }: Folder): object {
  const inside = mailbox.messages().filter((message) => mailbox.lying(message) === id);
  return {
    ...(search && { '@odata.type': '#microsoft.graph.mailSearchFolder' }),
    id,
    displayName: name,
    parentFolderId: parent,
    childFolderCount: mailbox.below(id).length,
    unreadItemCount: inside.filter((message) => !isRead(mailbox, message)).length,
    totalItemCount: inside.length,
    sizeInBytes: inside.length * 4_000,
    isHidden: hidden,
  };
}

function isRead(mailbox: Mailbox, { index, state }: Message): boolean {
  return mailbox.fields('messages', index).chance(1, 60) !== (state.version % 2 === 1);
}

const etag = ({ index, state }: Message) => `W/"CQAAAB${index}V${state.version}"`;

export function message(mailbox: Mailbox, one: Message, wishes: Wishes): object {
  const fields = mailbox.fields('messages', one.index);
  const { version, createdAt, modifiedAt } = one.state;
  const text = fields.pick(2, words.sentences).repeat(fields.chance(3, 1) ? HUGE : 1);
  const isDraft = mailbox.folder(mailbox.lying(one))?.wellKnown === 'drafts';
  const person = (field: number) => ({
    emailAddress: {
      name: `${fields.pick(field, words.firstNames)} ${fields.pick(field + 1, words.lastNames)}`,
      address: `partner.${fields.int(field, 40)}@example.test`,
    },
  });
  const subject = fields.chance(4, 95) ? fields.pick(5, words.subjects) : null;
  const all: Record<string, unknown> = {
    createdDateTime: seconds(createdAt),
    lastModifiedDateTime: seconds(modifiedAt),
    changeKey: `CQAAAB${one.index}V${version}`,
    categories: fields.chance(6, 10) ? ['Wichtig ⭐'] : [],
    receivedDateTime: seconds(createdAt),
    sentDateTime: seconds(createdAt - 2_000),
    hasAttachments: fields.chance(7, 10),
    internetMessageId: `<${mailbox.account}.${one.index}@mail.example.test>`,
    subject: version === 0 || subject === null ? subject : `${subject} (rev ${version})`,
    bodyPreview: text.slice(0, 255),
    importance: 'normal',
    parentFolderId: mailbox.lying(one),
    conversationId: `AAQkAD${Math.floor(one.index / 3)}=`,
    conversationIndex: `AQHc${one.index}`,
    isRead: isRead(mailbox, one),
    isDraft,
    inferenceClassification: 'focused',
    body: wishes.text
      ? { contentType: 'text', content: text }
      : { contentType: 'html', content: `<html><body>${text}</body></html>` },
    // Nobody has sent a draft yet.
    ...(!isDraft && { sender: person(10), from: person(10) }),
    toRecipients: fields.chance(14, 95) ? [person(12)] : [],
    ccRecipients: [],
    bccRecipients: [],
    replyTo: [],
  };
  const shown = wishes.select
    ? Object.fromEntries(Object.entries(all).filter(([name]) => wishes.select!.includes(name)))
    : all;
  return { '@odata.etag': etag(one), id: mailbox.id(one, wishes.immutable), ...shown };
}

/** What a delta tells of a message of which it told before: what changed, and no more. */
export function changed(mailbox: Mailbox, one: Message, { immutable }: Wishes): object {
  return {
    '@odata.etag': etag(one),
    id: mailbox.id(one, immutable),
    isRead: isRead(mailbox, one),
    parentFolderId: mailbox.lying(one),
  };
}

export function attachments(mailbox: Mailbox, one: Message): object[] {
  if (!mailbox.fields('messages', one.index).chance(7, 10)) return [];
  return [
    {
      '@odata.type': '#microsoft.graph.fileAttachment',
      id: `${mailbox.id(one, true)}-0`,
      name: 'Angebot “final” 最終版.pdf',
      contentType: 'application/pdf',
      size: 48_211,
      isInline: false,
    },
  ];
}
