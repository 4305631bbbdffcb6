import type { DataSource, EntityManager } from 'typeorm';

export interface SliceKey {
  readonly runId: string;
  readonly lane: number;
  readonly slice: number;
}

/** What slices reported: a message that comes again is answered from here and its work not done twice. */
export class SliceResults {
  constructor(private readonly dataSource: DataSource) {}

  async find<Report extends object>({ runId, lane, slice }: SliceKey): Promise<Report | undefined> {
    const [row]: { report: Report }[] = await this.dataSource.query(
      'SELECT report FROM slice_result WHERE run_id = $1 AND lane = $2 AND slice = $3',
      [runId, lane, slice],
    );
    return row?.report;
  }

  /**
   * Ends a slice: stores its report and gives back its leases. The report that was there first stands and is the
   * answer, so that two workers of one slice never tell different stories.
   */
  async finish<Report extends object>(
    { runId, lane, slice }: SliceKey,
    report: Report,
    leaseTokens: readonly string[],
  ): Promise<Report> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO slice_result (run_id, lane, slice, report) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
        [runId, lane, slice, report],
      );
      await release(manager, leaseTokens);
      const [row]: { report: Report }[] = await manager.query(
        'SELECT report FROM slice_result WHERE run_id = $1 AND lane = $2 AND slice = $3',
        [runId, lane, slice],
      );
      return row?.report ?? report;
    });
  }

  /** Gives back leases without a report: the slice's message will come again, and no worker has died. */
  release(leaseTokens: readonly string[]): Promise<void> {
    return release(this.dataSource.manager, leaseTokens);
  }

  /** Drops results older than `seconds`: no message comes again that late. */
  async forget(seconds: number): Promise<void> {
    await this.dataSource.query(
      'DELETE FROM slice_result WHERE reported_at < now() - make_interval(secs => $1)',
      [seconds],
    );
  }
}

async function release(manager: EntityManager, leaseTokens: readonly string[]): Promise<void> {
  if (leaseTokens.length === 0) return;
  await manager.query(
    `UPDATE checkpoint SET lease_token = NULL, lease_until = NULL, lease_count = 0
     WHERE lease_token = ANY($1::uuid[])`,
    [leaseTokens],
  );
}
