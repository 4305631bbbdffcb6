import * as words from '../../data/words.js';
import { type Mailbox, type Message } from './mailbox.js';

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const HUGE = 4_000;

const systemLabels = ['INBOX', 'SENT', 'DRAFT', 'TRASH', 'SPAM', 'STARRED', 'UNREAD', 'IMPORTANT'] as const;

/** System labels come without visibility; a user's own may. */
export function labels(mailbox: Mailbox): object[] {
  const own = mailbox.collection('labels');
  return [
    ...systemLabels.map((id) => ({ id, name: id, type: 'system' })),
    ...[...own.byId(0)].map((index) => {
      const { version } = own.state(index)!;
      const name = `Kunden/Été ${index} 🏷️${version === 0 ? '' : ` (rev ${version})`}`;
      const visible = { messageListVisibility: 'show', labelListVisibility: 'labelShow' };
      return { id: `Label_${index + 1}`, name, type: 'user', ...(index % 2 === 0 && visible) };
    }),
  ];
}

/** How many labels there are beside a mailbox's own. */
export const SYSTEM_LABELS = systemLabels.length;

export function labelIdsOf(mailbox: Mailbox, message: Message): string[] {
  const fields = mailbox.fields(message.source, message.index);
  const own = mailbox.collection('labels').size;
  return [
    mailbox.isThrownAway(message) ? 'TRASH' : fields.chance(30, 80) ? 'INBOX' : 'SENT',
    ...(fields.chance(31, 30) ? ['UNREAD'] : []),
    ...(message.state.version % 2 === 1 ? ['STARRED'] : []),
    ...(own > 0 && fields.chance(32, 20) ? [`Label_${1 + fields.int(33, own)}`] : []),
  ];
}

const textOf = (mailbox: Mailbox, { source, index }: Message): string =>
  mailbox.fields(source, index).pick(2, words.sentences);

/** Gmail's snippets are HTML. */
export const snippetOf = (mailbox: Mailbox, message: Message): string =>
  textOf(mailbox, message)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .slice(0, 100);

/** What every format has. */
export function minimal(mailbox: Mailbox, message: Message) {
  return {
    id: mailbox.id(message),
    threadId: mailbox.threadId(message),
    labelIds: labelIdsOf(mailbox, message),
    snippet: snippetOf(mailbox, message),
    sizeEstimate: 2_000 + message.index,
    historyId: mailbox.historyId(message).toString(),
    internalDate: String(message.state.createdAt),
  };
}

export function full(mailbox: Mailbox, message: Message) {
  const fields = mailbox.fields(message.source, message.index);
  const text = textOf(mailbox, message).repeat(fields.chance(3, 1) ? HUGE : 1);
  const body = (mimeType: string, content: string, partId: string) => ({
    partId,
    mimeType,
    filename: '',
    headers: [{ name: 'Content-Type', value: `${mimeType}; charset="UTF-8"` }],
    body: { size: Buffer.byteLength(content), data: base64url(content) },
  });
  const attachment = {
    partId: '2',
    mimeType: 'application/pdf',
    filename: 'Angebot “final” 最終版.pdf',
    headers: [],
    body: { attachmentId: `ANGjdJ${mailbox.id(message)}`, size: 48_211 },
  };
  return {
    ...minimal(mailbox, message),
    payload: {
      partId: '',
      mimeType: 'multipart/alternative',
      filename: '',
      headers: headersOf(mailbox, message),
      body: { size: 0 },
      parts: [
        body('text/plain', text, '0'),
        body('text/html', `<p>${text}</p>`, '1'),
        ...(fields.chance(6, 10) ? [attachment] : []),
      ],
    },
  };
}

/** @param wanted names to keep, in any case; all where there are none */
export function headersOf(mailbox: Mailbox, message: Message, wanted: readonly string[] = []) {
  const fields = mailbox.fields(message.source, message.index);
  const name = `${fields.pick(10, words.firstNames)} ${fields.pick(11, words.lastNames)}`;
  const headers = [
    { name: 'From', value: `${name} <partner.${fields.int(12, 40)}@example.test>` },
    { name: 'To', value: mailbox.address },
    { name: 'Date', value: new Date(message.state.createdAt).toUTCString() },
    { name: 'Message-ID', value: `<${mailbox.id(message)}@mail.example.test>` },
    // Not every message has a subject.
    ...(fields.chance(13, 95) ? [{ name: 'Subject', value: fields.pick(14, words.subjects) }] : []),
  ];
  const kept = wanted.map((one) => one.toLowerCase());
  return kept.length === 0 ? headers : headers.filter((header) => kept.includes(header.name.toLowerCase()));
}
