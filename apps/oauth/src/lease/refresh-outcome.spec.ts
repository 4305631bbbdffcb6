import { TokenFault } from '../provider/token-fault.js';
import { judgeFailure, LOCK_MS } from './refresh-outcome.js';

const alone = { othersUnsettled: 0, elapsedMs: 200, failures: 0 };

describe('a refused grant', () => {
  const refused = new TokenFault('grant_refused');

  it('is a verdict when nobody else can have used it', () =>
    expect(judgeFailure(refused, alone)).toEqual({ kind: 'verdict' }));

  it('is only suspect when an earlier holder vanished, until a lock period after this attempt began', () =>
    expect(judgeFailure(refused, { ...alone, othersUnsettled: 1 })).toEqual({
      kind: 'suspect',
      verdictInMs: LOCK_MS - 200,
    }));
});

describe('a failure that says nothing about the credential', () => {
  it.each([
    [new TokenFault('away'), { kind: 'cool_down', forMs: 2_000, code: 'provider_unavailable' }],
    [new TokenFault('throttled', 30_000), { kind: 'cool_down', forMs: 30_000, code: 'provider_unavailable' }],
    [
      new TokenFault('client_refused'),
      { kind: 'cool_down', forMs: 60_000, code: 'platform_credentials_rejected' },
    ],
  ])('%s cools down', (fault, expected) => expect(judgeFailure(fault, alone)).toEqual(expected));
});
