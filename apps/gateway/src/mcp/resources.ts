import { categories, healths, statuses } from '@connections/contracts';
import { Injectable } from '@nestjs/common';

import { ActivityReads } from '../activity/activity-reads.js';
import { CatalogClient } from '../catalog/catalog-client.js';
import { CatalogQuery, CatalogReads } from '../catalog/catalog-reads.js';
import { ConnectionReads, ListQuery } from '../connection/connection-reads.js';
import { PageQuery } from '../input/paging.js';
import { invalidRequest, notFound } from '../refusal/refusals.js';
import { shapeQuery, type Shape } from '../operations/request-shape.js';
import { parseUri } from './resource-uri.js';

const MIME_TYPE = 'application/json';
/** As many as the protocol lets a completion answer. */
const MOST_COMPLETIONS = 100;

const catalog = {
  uri: 'connection://catalog',
  name: 'catalog',
  title: 'Catalog',
  description: 'What can be connected.',
  mimeType: MIME_TYPE,
};
const list = {
  uri: 'connection://list',
  name: 'list',
  title: 'Connections',
  description: 'What is connected, newest first, with status, health and last run.',
  mimeType: MIME_TYPE,
};

export const templates = [
  { ...catalog, uri: undefined, uriTemplate: 'connection://catalog{?kind,category}' },
  {
    ...list,
    uri: undefined,
    uriTemplate: 'connection://list{?status,health,category,connector_type,q,limit,cursor}',
  },
  {
    uriTemplate: 'connection://{id}',
    name: 'connection',
    title: 'One connection',
    description: 'One connection, whatever its status.',
    mimeType: MIME_TYPE,
  },
  {
    uriTemplate: 'connection://{id}/status',
    name: 'status',
    title: 'The status of one connection',
    description: 'Status, health and last run and nothing else, to poll while a connection is syncing.',
    mimeType: MIME_TYPE,
  },
  {
    uriTemplate: 'connection://{id}/activity{?limit,cursor}',
    name: 'activity',
    title: 'What happened to one connection',
    description: 'Who did what to a connection and how its runs ended, newest first.',
    mimeType: MIME_TYPE,
  },
  {
    uriTemplate: 'connection://{id}/health',
    name: 'health',
    title: 'Why the health of one connection is what it is',
    description: 'Every level of health from the gravest, whether it holds, and because of what.',
    mimeType: MIME_TYPE,
  },
  {
    uriTemplate: 'connection://summary',
    name: 'summary',
    title: 'All connections in numbers',
    description: 'How many there are by health and category, and which need attention.',
    mimeType: MIME_TYPE,
  },
].map(({ uri: _uri, ...template }: { uri?: undefined; uriTemplate: string; name: string }) => template);

interface Listed {
  readonly connections: readonly { id: string; name: string; connector_type: string; category: string }[];
  readonly next_cursor: string | null;
}

/** The reads of REST as resources. Refusals are DomainErrors. */
@Injectable()
export class Resources {
  constructor(
    private readonly connections: ConnectionReads,
    private readonly catalogReads: CatalogReads,
    private readonly catalog: CatalogClient,
    private readonly activity: ActivityReads,
  ) {}

  /** The bytes that the REST read answers, as text. */
  async read(workspaceId: string, uri: string): Promise<string> {
    const named = parseUri(uri);
    switch (named?.kind) {
      case 'catalog':
        return JSON.stringify(await this.catalogReads.list(queryAs(CatalogQuery, named.query)));
      case 'list':
        return (await this.connections.list(workspaceId, queryAs(ListQuery, named.query))).bytes.toString();
      case 'connection':
        return (await this.connections.get(workspaceId, named.id)).bytes.toString();
      case 'status':
        return (await this.connections.status(workspaceId, named.id)).bytes.toString();
      case 'activity':
        return (
          await this.activity.list(workspaceId, named.id, queryAs(PageQuery, named.query))
        ).bytes.toString();
      case 'health':
        return (await this.connections.health(workspaceId, named.id)).bytes.toString();
      case 'summary':
        return (await this.connections.summary(workspaceId)).bytes.toString();
      default:
        throw notFound();
    }
  }

  /** Catalog and list, then a page of connections, newest first. */
  async list(workspaceId: string, cursor: string | undefined) {
    const page = await this.page(workspaceId, cursor);
    const found = page.connections.map(({ id, name, connector_type, category }) => ({
      uri: `connection://${id}`,
      name: id,
      title: name,
      description: `${connector_type}, ${category}`,
      mimeType: MIME_TYPE,
    }));
    return {
      resources: cursor === undefined ? [catalog, list, ...found] : found,
      ...(page.next_cursor !== null && { nextCursor: page.next_cursor }),
    };
  }

  /** What a template's variable may become, by how it begins. @throws DomainError for a template that there is not */
  async complete(workspaceId: string, uriTemplate: string, variable: string, begun: string) {
    if (!templates.some((template) => template.uriTemplate === uriTemplate)) throw notFound();
    const all = uriTemplate.includes(variable) ? await this.valuesOf(workspaceId, variable) : [];
    const values = all.filter((value) => value.startsWith(begun.toLowerCase()));
    return {
      completion: {
        values: values.slice(0, MOST_COMPLETIONS),
        total: values.length,
        hasMore: values.length > MOST_COMPLETIONS,
      },
    };
  }

  private async valuesOf(workspaceId: string, variable: string): Promise<readonly string[]> {
    switch (variable) {
      case 'id':
        return this.ids(workspaceId);
      case 'kind':
        return ['first_party'];
      case 'category':
        return categories;
      case 'status':
        return statuses;
      case 'health':
        return healths;
      case 'connector_type':
        return [...(await this.catalog.all()).keys()];
      default:
        return [];
    }
  }

  private async ids(workspaceId: string): Promise<string[]> {
    const ids: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: Listed = await this.page(workspaceId, cursor);
      ids.push(...page.connections.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    return ids;
  }

  private async page(workspaceId: string, cursor: string | undefined): Promise<Listed> {
    const { bytes } = await this.connections.list(workspaceId, { ...(cursor !== undefined && { cursor }) });
    return JSON.parse(bytes.toString()) as Listed;
  }
}

function queryAs<T extends object>(shape: Shape & (new () => T), query: object): T {
  const { value, faults } = shapeQuery(shape, query);
  if (faults.length > 0) throw invalidRequest(faults);
  return value as T;
}
