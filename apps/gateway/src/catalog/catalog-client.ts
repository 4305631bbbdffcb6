import { CatalogService, intervals, type Connector, type Interval, type Plain } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { factsByCategory, type ConnectorFacts } from '@connections/read-model';
import { Injectable, type OnModuleInit } from '@nestjs/common';

export type CatalogEntry = Plain<Connector>;

const FRESH_MS = 10_000;

/**
 * The catalog as the service last told it. It changes with a deployment only, so an answer that is a little old is as good
 * as a new one, and is used while the service is away.
 */
@Injectable()
export class CatalogClient implements ConnectorFacts, OnModuleInit {
  private entries: ReadonlyMap<string, CatalogEntry> | undefined;
  private asOf = -Infinity;
  private asking: Promise<ReadonlyMap<string, CatalogEntry>> | undefined;

  constructor(private readonly bus: Bus) {}

  onModuleInit(): void {
    // Names and intervals are wanted by the first read already; where catalog starts later, its first use asks again.
    this.ask().catch(() => undefined);
  }

  /** Rejects with `unavailable` when the catalog is away and was never heard of. */
  async all(): Promise<ReadonlyMap<string, CatalogEntry>> {
    const { entries } = this;
    if (!entries) return this.ask();
    this.refresh();
    return entries;
  }

  name(connectorType: string): string {
    this.refresh();
    return this.entries?.get(connectorType)?.name ?? factsByCategory.name(connectorType);
  }

  defaultInterval(connectorType: string, category: string): Interval {
    const preset = this.entries?.get(connectorType)?.defaultInterval;
    if (preset !== undefined && Object.hasOwn(intervals, preset)) return preset as Interval;
    return factsByCategory.defaultInterval(connectorType, category);
  }

  private refresh(): void {
    if (performance.now() - this.asOf > FRESH_MS) this.ask().catch(() => undefined);
  }

  private ask(): Promise<ReadonlyMap<string, CatalogEntry>> {
    return (this.asking ??= this.list().finally(() => (this.asking = undefined)));
  }

  private async list(): Promise<ReadonlyMap<string, CatalogEntry>> {
    const { connectors } = await this.bus.rpc(CatalogService).listConnectors({});
    this.asOf = performance.now();
    return (this.entries = new Map(connectors.map((entry) => [entry.type, entry])));
  }
}
