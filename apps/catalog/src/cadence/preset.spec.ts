import { presetOf } from './preset.js';

it.each(['1m', '10m', '30m', '1h', '6h', '1d'])('%s is a preset', (interval) => {
  expect(presetOf(interval)).toBe(interval);
});

it.each(['5m', '', '1H', '60', 'toString', ' 1m'])('%j is none', (interval) => {
  expect(() => presetOf(interval)).toThrow(expect.objectContaining({ code: 'unsupported_interval' }));
});
