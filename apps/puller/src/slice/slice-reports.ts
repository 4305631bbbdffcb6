import { SyncService, type RpcRequest } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { Injectable } from '@nestjs/common';

export type SliceReport = RpcRequest<typeof SyncService.method.reportSlice>;
export type StreamProgress = SliceReport['streams'][number];

/** Tells sync how slices ended. */
@Injectable()
export class SliceReports {
  constructor(private readonly bus: Bus) {}

  /** `stop`: the run is over. Throws DomainError `unavailable`; the message then comes again and is reported again. */
  async send(workspaceId: string, report: SliceReport): Promise<string> {
    const sync = this.bus.rpc(SyncService, {
      workspaceId,
      actor: 'system:puller',
      commandId: `slice:${report.runId}:${report.lane}:${report.slice}`,
    });
    return (await sync.reportSlice(report)).directive;
  }
}
