import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';

import { ApiError } from './api/errors';
import { meQuery, operationsQuery } from './api/me';
import { signedOut } from './api/signed-out';
import { connectionSearch } from './connection/connection-search';
import { listSearch } from './connections/list-search';
import { settingsSearch } from './settings/settings-search';
import { CrashedPage } from './shell/crashed-page';
import { NotFoundPage } from './shell/not-found-page';
import { Shell } from './shell/shell';
import { signInSearch } from './sign-in/sign-in-search';

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  notFoundComponent: NotFoundPage,
  errorComponent: CrashedPage,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page')),
});

/** Everything that only somebody signed in may see. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Shell,
  async beforeLoad({ context: { queryClient }, location }) {
    try {
      void queryClient.prefetchQuery(operationsQuery);
      await queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      signedOut.set(false);
      throw redirect({ to: '/sign-in', search: { return_to: location.href } });
    }
  },
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/connections', replace: true });
  },
});

const connections = createRoute({
  getParentRoute: () => signedIn,
  path: '/connections',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./connections/connections-page')),
});

const connection = createRoute({
  getParentRoute: () => signedIn,
  path: '/connections/$id',
  validateSearch: connectionSearch,
  component: lazyRouteComponent(() => import('./connection/connection-page')),
});

const run = createRoute({
  getParentRoute: () => signedIn,
  path: '/connections/$id/runs/$runId',
  component: lazyRouteComponent(() => import('./connection/run-page')),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/members', replace: true });
  },
});

const apps = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/apps',
  validateSearch: settingsSearch,
  component: lazyRouteComponent(() => import('./settings/apps-page')),
});

const access = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/access',
  validateSearch: settingsSearch,
  component: lazyRouteComponent(() => import('./settings/access-page')),
});

const members = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/members',
  validateSearch: settingsSearch,
  component: lazyRouteComponent(() => import('./settings/members-page')),
});

const apiKeys = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/api-keys',
  validateSearch: settingsSearch,
  component: lazyRouteComponent(() => import('./settings/api-keys-page')),
});

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/audit',
  validateSearch: settingsSearch,
  component: lazyRouteComponent(() => import('./settings/audit-page')),
});

const cadence = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/cadence',
  component: lazyRouteComponent(() => import('./admin/cadence-page')),
});

const admin = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin',
  beforeLoad: () => {
    throw redirect({ to: '/admin/cadence', replace: true });
  },
});

const routeTree = root.addChildren([
  signIn,
  signedIn.addChildren([
    home,
    connections,
    connection,
    run,
    settings,
    apps,
    access,
    members,
    apiKeys,
    audit,
    admin,
    cadence,
  ]),
]);

export const routerOf = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof routerOf>;
  }
}
