import { oneOf, present, text, type Search } from '../search';

export const tabs = ['overview', 'streams', 'runs', 'records', 'activity'] as const;
export const ranges = ['7d', '30d', '90d'] as const;
export const dialogs = ['rename', 'reconnect', 'disconnect', 'why'] as const;

/** `streams`: of social accounts, whose overview is the social view. */
export type ConnectionTab = (typeof tabs)[number];
export type ConnectionDialog = (typeof dialogs)[number];

/** What a connection's page keeps in the URL. */
export interface ConnectionSearch {
  readonly tab?: ConnectionTab | undefined;
  /** How a connect or reconnect through the provider ended. */
  readonly connect?: string | undefined;
  readonly dialog?: (typeof dialogs)[number] | undefined;
  /** Of the tab Records. */
  readonly stream?: string | undefined;
  /** The one that is open: its stream, a colon, its external id. */
  readonly record?: string | undefined;
  /** An external id that is looked for. */
  readonly find?: string | undefined;
  readonly deleted?: 'exclude' | 'only' | undefined;
  /** Of a social account. */
  readonly range?: (typeof ranges)[number] | undefined;
  readonly metric?: string | undefined;
  readonly sort?: string | undefined;
  readonly plot?: string | undefined;
  readonly scale?: 'log' | undefined;
}

export const connectionSearch = (search: Search): ConnectionSearch =>
  present({
    tab: oneOf(tabs, search.tab),
    connect: text(search.connect, 40),
    dialog: oneOf(dialogs, search.dialog),
    stream: text(search.stream, 100),
    record: text(search.record, 3_000),
    find: text(search.find, 1_000),
    deleted: oneOf(['exclude', 'only'], search.deleted),
    range: oneOf(ranges, search.range),
    metric: text(search.metric, 40),
    sort: text(search.sort, 40),
    plot: text(search.plot, 40),
    scale: oneOf(['log'], search.scale),
  });
