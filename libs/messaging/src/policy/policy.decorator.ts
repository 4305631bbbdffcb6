import type { AggregateName } from '@connections/contracts';
import { applyDecorators, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';

import { PassErrorsOn } from '../pass-errors-on.filter.js';
import { passArguments } from '../rpc/rpc-method.decorator.js';

export interface PolicyOptions {
  /** Named by its effect; unique within the service, and for ever: positions are kept under it. */
  readonly name: string;
  /** `<service>.<aggregate>` */
  readonly on: AggregateName;
  /**
   * `beginning`: the owner's whole history is handled first. `now`: what the owner had recorded before the policy
   * first ran is never acted upon.
   */
  readonly from: 'now' | 'beginning';
}

/**
 * Handles the events of an aggregate type, each once and in order per aggregate. The method takes the `RecordedEvent`
 * and the `UnitOfWork` in which its position is already advanced: what it does through `tx` commits with that, or not
 * at all. A thrown error rolls back and is tried again for ever, with back-off; `Poison(reason)` parks the
 * aggregate; `RetryAfter(ms)` waits. Other aggregates go on meanwhile.
 */
export function Policy(options: PolicyOptions): MethodDecorator {
  return applyDecorators(
    EventPattern<string>(`policy:${options.name}`, { policy: options }),
    UseFilters(PassErrorsOn),
    passArguments,
  );
}
