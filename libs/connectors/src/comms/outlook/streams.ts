import { childPagination, type ChildReading, type Parent } from '../../kit/children.js';
import { ProviderError, type ProviderRequest } from '../../kit/definition.js';
import type { Pass, Row, StreamDefinition, Walk } from '../../kit/stream.js';
import { textAt } from '../../kit/value-at.js';
import {
  deltaLink,
  foldersRequest,
  graphGet,
  hasFolders,
  idOf,
  nextLink,
  rowsOf,
  withoutAnnotations,
} from './lists.js';

const me = '/v1.0/me';

/** Fixed with a delta's first request: every link that follows from it carries them on. */
const messageFields = [
  'id',
  'conversationId',
  'conversationIndex',
  'internetMessageId',
  'subject',
  'bodyPreview',
  'body',
  'from',
  'sender',
  'toRecipients',
  'ccRecipients',
  'bccRecipients',
  'replyTo',
  'receivedDateTime',
  'sentDateTime',
  'createdDateTime',
  'lastModifiedDateTime',
  'parentFolderId',
  'isRead',
  'isDraft',
  'categories',
  'hasAttachments',
  'importance',
  'inferenceClassification',
  'changeKey',
].join(',');

/** Where each folder's next delta begins, as the token cursor keeps it. */
type Links = Readonly<Record<string, string>>;

const linksIn = (mark: string | undefined): Links => (mark === undefined ? {} : (JSON.parse(mark) as Links));

/** After a full read: what happened meanwhile, a message moved from a folder unread to one read before among it. */
const linksOf = ({ since, mark }: Pass): Links => linksIn(since ?? mark);

/** Search folders hold messages of others; what is hidden is not mail. */
const holdsMail = (row: Row): boolean =>
  row['isHidden'] !== true && !/searchFolder/i.test(String(row['@odata.type'] ?? ''));

/** Messages of these folders, and the folders below them, which are asked for their own. */
const foldersIn = (rows: readonly Row[]): Parent[] =>
  rows.flatMap((row) => [
    ...(holdsMail(row) ? idOf(row).map((folder) => ({ folder })) : []),
    ...(hasFolders(row) ? idOf(row).map((below) => ({ below })) : []),
  ]);

/** Changes may name nothing but what changed, and removals do not say whether a message was deleted or moved. */
const isWhole = (row: Row): boolean =>
  row['@removed'] === undefined &&
  ['createdDateTime', 'parentFolderId', 'body', 'isRead'].every((name) => name in row);

function firstDelta(folder: string): ProviderRequest {
  const path = `${me}/mailFolders/${encodeURIComponent(folder)}/messages/delta`;
  return graphGet(path, { $select: messageFields });
}

type Folders = Pick<ChildReading, 'parents' | 'nextParents'> & {
  /** Folders below a listed one that are to be read, too. */
  readonly below: (rows: readonly Row[], pass: Pass) => readonly Parent[];
  /** Where a folder is read from; undefined: from its beginning. */
  readonly from?: (folder: string, pass: Pass) => string | undefined;
};

/** Folder by folder: its messages, then by id those of which the folder told only a part. */
const messages = (name: string, { below: foldersBelow, from, ...parents }: Folders): Walk => ({
  name,
  path: `${me}/mailFolders`,
  rows: 'value',
  pagination: childPagination({
    ...parents,
    // Most folders are small, and what is asked by id is one message each.
    together: 5,
    parentsRequest: (_pass, cursor) => foldersRequest(undefined, cursor),
    request: (pass, { folder, below, message }, cursor) => {
      if (message !== undefined) {
        return graphGet(`${me}/messages/${encodeURIComponent(message)}`, { $select: messageFields });
      }
      if (below !== undefined) return foldersRequest(String(below), cursor);
      const link = cursor ?? from?.(String(folder), pass);
      return link === undefined ? firstDelta(String(folder)) : graphGet(link);
    },
    rows: (answer, { below, message }) => {
      if (message !== undefined)
        return textAt(answer.body, 'id') === undefined ? undefined : [answer.body as Row];
      return below === undefined ? rowsOf(answer)?.filter(isWhole) : rowsOf(answer) && [];
    },
    next: (answer, { folder }) => {
      const next = nextLink(answer);
      if (folder !== undefined && next === undefined && deltaLink(answer) === undefined) {
        throw new ProviderError({ kind: 'unknown', note: 'a delta without an end' }, answer);
      }
      return next;
    },
    nested: (answer, { folder, below }, pass) => {
      if (below !== undefined) return foldersBelow(rowsOf(answer) ?? [], pass);
      if (folder === undefined) return [];
      const partial = (rowsOf(answer) ?? []).filter((row) => !isWhole(row));
      return [...new Set(partial.flatMap(idOf))].map((message) => ({ message }));
    },
    // What went with a folder that we hold messages of, only a reading of all the others can tell.
    passesOver: ({ kind }, { held }) => kind === 'gone' && held === undefined,
    gone: (answer, parent) =>
      parent?.['message'] !== undefined && answer.status === 404 ? [String(parent['message'])] : [],
    mark: (answer, parent, _cursor, seen) => {
      const folder = parent?.['folder'];
      const link = folder === undefined ? undefined : deltaLink(answer);
      return link === undefined ? seen : JSON.stringify({ ...linksIn(seen), [String(folder)]: link });
    },
  }),
});

/** Folders of a listing, those left out that were held when the pass began, or that a full read has read already. */
const newFolders = (rows: readonly Row[], pass: Pass): Parent[] => {
  const links = linksOf(pass);
  return foldersIn(rows).filter(({ folder }) => folder === undefined || !(String(folder) in links));
};

const listed = (name: string): Walk =>
  messages(name, {
    parents: (answer, pass) => {
      const rows = rowsOf(answer);
      return rows && newFolders(rows, pass);
    },
    nextParents: nextLink,
    below: newFolders,
  });

const changes = messages('changes', {
  parents: (answer, pass) =>
    rowsOf(answer) && Object.keys(linksOf(pass)).map((folder) => ({ folder, held: 1 })),
  nextParents: () => undefined,
  below: () => [],
  from: (folder, pass) => linksOf(pass)[folder],
});

const top: Walk = {
  name: 'top folders',
  path: `${me}/mailFolders`,
  rows: 'value',
  pagination: {
    kind: 'custom',
    request: (_pass, page) => foldersRequest(undefined, page as string | undefined),
    next: nextLink,
  },
};

const withFolders = (rows: readonly Row[] | undefined): Parent[] =>
  (rows ?? [])
    .filter(hasFolders)
    .flatMap(idOf)
    .map((id) => ({ id }));

const below: Walk = {
  name: 'folders below',
  path: `${me}/mailFolders`,
  rows: 'value',
  pagination: childPagination({
    parentsRequest: (_pass, cursor) => foldersRequest(undefined, cursor),
    parents: (answer) => rowsOf(answer) && withFolders(rowsOf(answer)),
    nextParents: nextLink,
    request: (_pass, { id }, cursor) => foldersRequest(String(id), cursor),
    rows: rowsOf,
    next: nextLink,
    nested: (answer) => withFolders(rowsOf(answer)),
    passesOver: ({ kind }) => kind === 'gone',
  }),
};

export const streams: readonly StreamDefinition[] = [
  { name: 'mail_folders', primaryKey: 'id', full: [top, below], sweep: true, record: withoutAnnotations },
  {
    name: 'messages',
    primaryKey: 'id',
    cursor: { kind: 'token' },
    // A folder that is made, or moved to where was looked before, while all are read: what it holds would seem deleted.
    full: [listed('messages'), changes, listed('new folders')],
    incremental: [changes, listed('new folders')],
    sweep: true,
    record: withoutAnnotations,
  },
];
