import { findConnector } from '@connections/connectors';
import { caseNames } from '../../apps/puller/test/conformance/cases.js';
import type { CaseResult, ConnectorResult } from '../../apps/puller/test/conformance/proof.js';
import { gaps, table } from './table.js';

const live = ['hubspot', 'pipedrive'].map((type) => findConnector(type)!);
const planned = [findConnector('circleback')!];

const passed: CaseResult = { tests: 1, passed: 1, notes: [] };
const result = (type: string, over: Partial<ConnectorResult['cases']> = {}): [string, ConnectorResult] => {
  const cases = Object.fromEntries(caseNames.map((name) => [name, passed])) as ConnectorResult['cases'];
  return [type, { type, cases: { ...cases, ...over }, throttles: ['Retry-After'] }];
};
const none: CaseResult = { tests: 0, passed: 0, notes: [] };

describe('the conformance table', () => {
  it('has no gap when every case of every connector passed, or has a reason', () => {
    const absent = { ...none, absent: 'no cursors' };
    expect(gaps(live, new Map([result('hubspot'), result('pipedrive', { expired_cursor: absent })]))).toEqual(
      [],
    );
  });

  it.each([
    ['a connector that nobody tested', [result('hubspot')], 'pipedrive: the suite has not run over it.'],
    [
      'a case without test and reason',
      [result('hubspot'), result('pipedrive', { killed: none })],
      'pipedrive: kill between pages: no test, and no reason why.',
    ],
    [
      'a test that failed, or did not run',
      [result('hubspot', { change: { tests: 3, passed: 2, notes: [] } }), result('pipedrive')],
      'hubspot: change: 2 of 3 tests passed.',
    ],
  ])('names %s', (_what, results, sentence) => {
    expect(gaps(live, new Map(results))).toEqual([sentence]);
  });

  it('says beneath it why a case cannot be, once for all connectors', () => {
    const absent = { ...none, absent: 'not exposed by the provider' };
    const results = new Map([
      result('hubspot', { deletion: absent }),
      result('pipedrive', { deletion: absent }),
    ]);
    const text = table(live, planned, results);
    expect(text.match(/— <sup>1<\/sup>/g)).toHaveLength(2);
    expect(text.match(/not exposed by the provider/g)).toHaveLength(1);
    expect(text).toContain('Circleback: planned');
  });
});
