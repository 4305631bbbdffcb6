import { methodFaults } from './connect-body.js';

const paths = (...args: Parameters<typeof methodFaults>) => methodFaults(...args).map(({ path }) => path);

describe('the fields of a connect', () => {
  it('are those of the connector’s auth method', () => {
    expect(paths('oauth', {})).toEqual([]);
    expect(paths('api_key', { api_key: 'k' })).toEqual([]);
    expect(
      paths('handle', { account_handle: 'acme', external_account_id: '1', display_name: 'Acme' }),
    ).toEqual([]);
  });

  it('are missed where they are needed', () => {
    expect(paths('api_key', {})).toEqual(['api_key']);
    expect(paths('handle', { display_name: 'Acme' })).toEqual(['account_handle']);
  });

  it('of another method are refused', () => {
    expect(paths('oauth', { api_key: 'k' })).toEqual(['api_key']);
    expect(paths('api_key', { api_key: 'k', display_name: 'Acme' })).toEqual(['display_name']);
    expect(paths('handle', { account_handle: 'acme', api_key: 'k' })).toEqual(['api_key']);
  });
});
