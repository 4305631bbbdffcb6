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
      (error: unknown): Fetched => ({ fault: faultOf(error) }),
    );
    fetched.catch(() => undefined);
    return fetched;
  }

  private async page(job: StreamJob, pass: PassState): Promise<Page> {
    try {
      return await this.read(job, pass, await job.token.http());
    } catch (error) {
      if (!(error instanceof ProviderError && error.fault.kind === 'auth')) throw error;
      // The token may just have aged out, or been rotated by another worker: only a newer one's refusal counts.
      const http = await job.token.refused();
      return this.read(job, pass, http).catch((again: unknown) => {
        alertOperator(again, job);
        throw again;
      });
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

/** A fresh token is refused as well, and it is the platform's own: nobody but its operator can mend that. */
function alertOperator(error: unknown, { definition, slice }: StreamJob): void {
  if (definition.auth.method !== 'handle') return;
  if (!(error instanceof ProviderError && error.fault.kind === 'auth')) return;
  logger.error(
    { connectorType: definition.type, runId: slice.runId, alert: 'platform_credentials_rejected' },
    'The provider refuses the platform’s own credential: replace it',
  );
}

function faultOf(error: unknown): ProviderFault {
  if (error instanceof ProviderError || error instanceof TokenRefused) return error.fault;
  throw error;
}

const optional = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
