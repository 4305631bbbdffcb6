import type { Interval } from '@connections/contracts';
import { specificationOf } from '@connections/event-sourcing';

import { cadenceDecider, type CadenceEvent } from './cadence.decider.js';

const { given } = specificationOf(cadenceDecider);
const now = '2026-06-12T18:00:00.000Z';
const set = (interval?: Interval) => ({ connectorType: 'hubspot', interval, by: 'ada', now });
const overridden = (interval: string): CadenceEvent => ({
  type: 'ConnectorCadenceOverridden',
  data: { connectorType: 'hubspot', interval, overriddenBy: 'ada', overriddenAt: now },
});
const reset: CadenceEvent = {
  type: 'ConnectorCadenceReset',
  data: { connectorType: 'hubspot', resetBy: 'ada', resetAt: now },
};

describe('a connector’s cadence', () => {
  it('is overridden', () =>
    given([])
      .when(set('1m'))
      .then([overridden('1m')]));
  it('is overridden anew', () =>
    given([overridden('1m')])
      .when(set('1d'))
      .then([overridden('1d')]));
  it('is reset', () =>
    given([overridden('1m')])
      .when(set())
      .then([reset]));
  it('set to what it is changes nothing', () =>
    given([overridden('1m')])
      .when(set('1m'))
      .thenNothingHappened());
  it('reset twice changes nothing', () =>
    given([overridden('1m'), reset])
      .when(set())
      .thenNothingHappened());
  it('is overridden after a reset by what it was before', () =>
    given([overridden('1m'), reset])
      .when(set('1m'))
      .then([overridden('1m')]));
});
