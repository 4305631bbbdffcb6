import { present, text, type Search } from '../search';

/**
 * What the list keeps in the URL: `health`, `category` and `connector` hold one value each, `connect` the type whose dialog is
 * open, or how a connect through a provider ended.
 */
export interface ListSearch {
  readonly q?: string | undefined;
  readonly health?: string | undefined;
  readonly category?: string | undefined;
  readonly connector?: string | undefined;
  readonly connect?: string | undefined;
}

export const listSearch = ({ q, health, category, connector, connect }: Search): ListSearch =>
  present({
    q: text(q, 100),
    health: text(health, 100),
    category: text(category, 100),
    connector: text(connector, 100),
    connect: text(connect, 40),
  });
