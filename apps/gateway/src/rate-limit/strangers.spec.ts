import { GatewayConfig } from '../config.js';
import { Strangers } from './strangers.js';

const strangers = () => new Strangers(Object.assign(new GatewayConfig(), { strangerLimitPerMinute: 2 }));

it('makes an address wait once it has asked too often', () => {
  const met = strangers();
  met.count('192.0.2.1');
  expect(met.wait('192.0.2.1')).toBe(0);
  met.count('192.0.2.1');
  expect(met.wait('192.0.2.1')).toBeGreaterThan(50);
  expect(met.wait('192.0.2.2')).toBe(0);
});

it.each([
  ['2001:db8:0:1::1', '2001:db8:0:1:ffff::2', true],
  ['2001:db8:0:1::1', '2001:db8:0:2::1', false],
  ['::ffff:192.0.2.1', '192.0.2.1', true],
  ['nonsense:1', 'nonsense:2', false],
])('takes %s and %s for one: %s', (first, second, same) => {
  const met = strangers();
  met.count(first);
  met.count(first);
  expect(met.wait(second) > 0).toBe(same);
});

it('remembers so many addresses and no more', () => {
  const met = strangers();
  for (const address of ['old', 'old']) met.count(address);
  for (let i = 0; i < 10_000; i++) met.count(`10.0.${i >> 8}.${i & 255}`);
  expect(met.wait('old')).toBe(0);
});
