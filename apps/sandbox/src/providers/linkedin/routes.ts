import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { refuse } from '../../control/faults.js';
import { type ProviderState } from '../provider-state.js';
import { accessDenied, illegalArgument, notFound } from './errors.js';
import { idOf, nameOf } from './names.js';
import { Page } from './page.js';
import { daysIn, listIn, organizationIn, pageIn, Refused, restliQuery } from './query.js';

/** Days that statistics finders do not tell yet. */
const settledAfter = 2;

/** `GET /rest/…`: pages by name and id, followers, statistics by day and by post, posts. */
export function linkedInRoutes(scope: FastifyInstance, state: ProviderState): void {
  scope.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refused) return refuse(reply, error.refusal);
    throw error;
  });

  scope.get('/rest/organizations', (request) => {
    const query = finder(request, 'vanityName');
    const id = idOf(decodeURIComponent(query.get('vanityName') ?? ''));
    const page = id === undefined ? undefined : Page.byId(id, state);
    return { paging: { start: 0, count: 10, links: [] }, elements: page ? [page.organization()] : [] };
  });

  scope.get('/rest/organizationsLookup', (request) => {
    const ids = listIn(restliQuery(request), 'ids');
    if (!ids) throw new Refused(illegalArgument('Invalid query parameters passed to request: ids'));
    const found = ids.flatMap((id) => Page.byId(id, state) ?? []);
    const missing = ids.filter((id) => nameOf(id) === undefined);
    return {
      results: Object.fromEntries(found.map((page) => [page.id, page.organization()])),
      statuses: Object.fromEntries(ids.map((id) => [id, missing.includes(id) ? 404 : 200])),
      errors: Object.fromEntries(
        missing.map((id) => [id, { status: 404, message: `Organization ${id} not found` }]),
      ),
    };
  });

  scope.get<{ Params: { urn: string } }>('/rest/networkSizes/:urn', (request) => {
    const query = restliQuery(request);
    const page = administered(
      /^urn:li:organization:(\d+)$/.exec(request.params.urn)?.[1] ?? '',
      request,
      'networkSizes.GET',
    );
    if (query.get('edgeType') !== 'COMPANY_FOLLOWED_BY_MEMBER')
      throw new Refused(illegalArgument('Invalid query parameters passed to request: edgeType'));
    return { firstDegreeSize: page.followers(Date.now()) };
  });

  const statistics = (resource: string, name: string, dayOf: (page: Page) => (start: number) => object) =>
    scope.get(`/rest/${resource}`, (request) => {
      const query = finder(request, name);
      const page = administered(organizationIn(query, name), request, `${resource}.FINDER-${name}`);
      const posts = [...(listIn(query, 'shares') ?? []), ...(listIn(query, 'ugcPosts') ?? [])];
      const days = daysIn(query, Date.now(), settledAfter);
      const elements = days ? days.map(dayOf(page)) : byPost(page, posts);
      return { paging: { start: 0, count: 10, links: [] }, elements };
    });
  statistics(
    'organizationalEntityFollowerStatistics',
    'organizationalEntity',
    (page) => (at) => page.followerDay(at),
  );
  statistics(
    'organizationalEntityShareStatistics',
    'organizationalEntity',
    (page) => (at) => page.shareDay(at),
  );
  statistics('organizationPageStatistics', 'organization', (page) => (at) => page.viewDay(at));

  scope.get('/rest/posts', (request) => {
    const query = finder(request, 'author');
    const page = administered(organizationIn(query, 'author'), request, 'posts.FINDER-author');
    const { start, count } = pageIn(query);
    const byModified = (query.get('sortBy') ?? 'LAST_MODIFIED') === 'LAST_MODIFIED';
    const order = byModified ? page.posts.byModified({}, true) : page.posts.byId(Infinity, true);
    const indexes = [...order];
    const elements = indexes.slice(start, start + count).map((index) => page.post(index));
    const next = `/rest/posts?author=${encodeURIComponent(page.urn)}&count=${count}&q=author&start=${start + count}`;
    const links =
      start + count < indexes.length ? [{ type: 'application/json', rel: 'next', href: next }] : [];
    return { paging: { start, count, links, total: indexes.length }, elements };
  });

  function administered(id: string, request: FastifyRequest, resource: string): Page {
    const page = Page.byId(id, state);
    if (!page) throw new Refused(notFound('Could not find entity'));
    if (page.isAdministered) return page;
    throw new Refused(accessDenied(resource, String(request.headers['linkedin-version'])));
  }
}

function byPost(page: Page, urns: readonly string[]): object[] {
  const wanted = new Set(urns);
  return [...page.posts.byId(0)]
    .filter((index) => wanted.has(page.postUrn(index)))
    .map((index) => page.postStatistics(index));
}

/** The query of a finder, which names itself in `q`. */
function finder(request: FastifyRequest, name: string): Map<string, string> {
  const query = restliQuery(request);
  if (query.get('q') === name) return query;
  throw new Refused(illegalArgument('Resource method could not be resolved from request parameters.'));
}
