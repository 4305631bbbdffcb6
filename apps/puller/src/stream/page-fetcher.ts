import {
  ProviderError,
  readPage,
  type Page,
  type PageState,
  type ProviderFault,
  type ProviderHttp,
} from '@connections/connectors';
import { createLogger, withSpan } from '@connections/platform';
import { RecordReader, type PassState } from '@connections/record-store';
import { Injectable } from '@nestjs/common';
import { walksOf } from './pass.js';
import type { StreamJob } from './stream-puller.js';
import { TokenRefused } from './token-leases.js';

export type Fetched = { readonly page: Page } | { readonly fault: ProviderFault };

/** Asks the provider for a pass's next page. */
@Injectable()
export class PageFetcher {
  constructor(private readonly records: RecordReader) {}

  /**
   * Resolves with the page or with what kept it from us. Errors that are no fault of the provider are thrown when the
   * answer is awaited; a fetch ahead that nobody awaits any more throws nowhere.
   */
  fetch(job: StreamJob, pass: PassState): Promise<Fetched> {
    const fetched = withSpan(
      'pull page',
      {
        'connector.type': job.definition.type,
        'connections.stream': job.stream.name,
        'connections.connection_id': job.slice.connectionId,
        'connections.run_id': job.slice.runId,
      },
      () => this.page(job, pass),
    ).then(
      (page): Fetched => ({ page }),
      (error: unknown): Fetched => {
        const fault = faultOf(error);
        if (error instanceof ProviderError) alertOperator(fault, job);
        return { fault };
      },
    );
    fetched.catch(() => undefined);
    return fetched;
  }

  private async page(job: StreamJob, pass: PassState): Promise<Page> {
    job.token.makeRoom();
    try {
      return await this.read(job, pass, await job.token.http());
    } catch (error) {
      if (!(error instanceof ProviderError && error.fault.kind === 'auth')) throw error;
      // The token may just have aged out, or been rotated by another worker: only a newer one's refusal counts.
      return this.read(job, pass, await job.token.refused());
    }
  }

  private read(job: StreamJob, pass: PassState, http: ProviderHttp): Promise<Page> {
    const { stream, slice } = job;
    const { externalId = '', label = '', ...account } = slice.account ?? {};
    return readPage({
      http,
      stream,
      walk: walksOf(stream, pass)[pass.walk]!,
      pass: {
        account: { ...account, externalId, label },
        upper: pass.upper,
        ...optional('since', pass.since),
        ...(stream.cursor?.kind === 'token' ? optional('mark', pass.seen) : {}),
      },
      ...optional('page', pass.page as PageState | undefined),
      ...optional('seen', pass.seen),
      stored: (query) =>
        this.records.recent({ ...query, connectionId: slice.connectionId, stream: stream.name }),
    });
  }
}

const logger = createLogger('puller');

/** What nobody but an operator can mend: the platform's own token, a fresh one too, or its app or plan is refused. */
function alertOperator(fault: ProviderFault, { definition, slice }: StreamJob): void {
  const token = fault.kind === 'auth' && definition.auth.method === 'handle';
  if (!token && !fault.platform) return;
  const alert = token ? 'platform_credentials_rejected' : 'platform_plan_refused';
  const about = { connectorType: definition.type, runId: slice.runId, alert, fault: fault.note };
  logger.error(about, 'The provider refuses the platform itself, not a customer');
}

function faultOf(error: unknown): ProviderFault {
  if (error instanceof ProviderError || error instanceof TokenRefused) return error.fault;
  throw error;
}

const optional = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
