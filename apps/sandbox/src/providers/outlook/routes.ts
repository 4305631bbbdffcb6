import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { refuse } from '../../control/faults.js';
import { type ProviderState } from '../provider-state.js';
import { delta } from './delta.js';
import { graphError, GraphRefusal, itemNotFound } from './errors.js';
import { Mailbox, type Folder, type Message } from './mailbox.js';
import { attachments, folder, message, type Wishes } from './render.js';

type Query = Record<string, string | undefined>;

/** One request as the routes see it. */
interface Asked {
  readonly mailbox: Mailbox;
  readonly query: Query;
  readonly id: string;
  readonly wishes: Wishes;
  /** `Prefer: odata.maxpagesize`. */
  readonly pageSize: number | undefined;
  /** The request's own address without its query: what links begin with. */
  readonly address: string;
}

const base = '/v1.0/me';

const routes: Readonly<Record<string, (asked: Asked) => object>> = {
  '': ({ mailbox: { account } }) => ({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/$entity',
    id: `u-${account}`,
    displayName: `Ada ${account} 📬`,
    // Consumers' accounts may have none.
    mail: Number(account) % 2 === 0 ? null : `ada.${account}@example.test`,
    userPrincipalName: `ada.${account}_live@example.test`,
  }),
  '/mailFolders': ({ mailbox, ...asked }) => folders({ mailbox, ...asked }, mailbox.below(undefined)),
  '/mailFolders/:id': ({ mailbox, id }) => folder(mailbox, folderOf(mailbox, id)),
  '/mailFolders/:id/childFolders': ({ mailbox, id, ...asked }) =>
    folders({ mailbox, id, ...asked }, mailbox.below(folderOf(mailbox, id).id)),
  '/mailFolders/:id/messages': (asked) => {
    const { id } = folderOf(asked.mailbox, asked.id);
    return messages(asked, (one) => asked.mailbox.lying(one) === id);
  },
  '/mailFolders/:id/messages/delta': ({ mailbox, id, query, wishes, pageSize = 10, address }) => {
    const token = query.$skiptoken ?? query.$deltatoken;
    const body = delta(mailbox, { folder: folderOf(mailbox, id), address, token, size: pageSize, wishes });
    return { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(message)', ...body };
  },
  '/messages': (asked) => messages(asked, () => true),
  '/messages/:id': ({ mailbox, id, wishes }) => message(mailbox, messageOf(mailbox, id), wishes),
  '/messages/:id/attachments': ({ mailbox, id }) => ({ value: attachments(mailbox, messageOf(mailbox, id)) }),
};

export function outlookRoutes(scope: FastifyInstance, state: ProviderState): void {
  for (const [path, answer] of Object.entries(routes)) {
    scope.get<{ Params: { id?: string } }>(`${base}${path}`, (request, reply) => {
      try {
        return send(reply, answer(askedOf(request, state)));
      } catch (error) {
        if (error instanceof GraphRefusal) return refuse(reply, error.refusal);
        throw error;
      }
    });
  }
}

function askedOf(request: FastifyRequest<{ Params: { id?: string } }>, state: ProviderState): Asked {
  const prefer = [request.headers['prefer'] ?? []].flat().join(',');
  const query = request.query as Query;
  const select = query.$select?.split(',');
  return {
    mailbox: new Mailbox(request.account!, state),
    query,
    id: request.params.id ?? '',
    wishes: {
      immutable: /IdType="ImmutableId"/i.test(prefer),
      text: /outlook\.body-content-type="text"/i.test(prefer),
      ...(select && { select }),
    },
    pageSize: Number(/odata\.maxpagesize=(\d+)/i.exec(prefer)?.[1] ?? NaN) || undefined,
    address: `${request.protocol}://${request.host}${request.url.split('?')[0]!}`,
  };
}

const send = (reply: FastifyReply, body: object): FastifyReply =>
  reply
    .type(
      'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    )
    .send(JSON.stringify(body));

function folderOf(mailbox: Mailbox, id: string): Folder {
  const found = mailbox.folder(id);
  if (!found) throw itemNotFound();
  return found;
}

function messageOf(mailbox: Mailbox, id: string): Message {
  const found = mailbox.byId(id);
  if (!found) throw itemNotFound();
  return found;
}

function folders(asked: Asked, all: readonly Folder[]): object {
  const shown = all.filter(({ hidden }) => !hidden || asked.query.includeHiddenFolders === 'true');
  return paged(asked, shown, (one) => folder(asked.mailbox, one));
}

function messages(asked: Asked, isMeant: (one: Message) => boolean): object {
  const newestFirst = asked.mailbox.messages().filter(isMeant).reverse();
  return paged(asked, newestFirst, (one) => message(asked.mailbox, one, asked.wishes));
}

/** Rows by `$top` and `$skip`, the next page as a whole address. */
function paged<T>({ query, address }: Asked, all: readonly T[], render: (row: T) => object): object {
  const [size, from] = [Number(query.$top ?? 10), Number(query.$skip ?? 0)];
  if (!(size >= 1 && size <= 1_000) || !(from >= 0)) {
    throw new GraphRefusal(graphError(400, 'ErrorInvalidUrlQuery', "Invalid value for '$top' or '$skip'."));
  }
  const next = new URLSearchParams({ ...(query as Record<string, string>), $skip: String(from + size) });
  return {
    value: all.slice(from, from + size).map(render),
    ...(from + size < all.length && { '@odata.nextLink': `${address}?${next}` }),
  };
}
