import { count, list, nullable, object, oneOf, text, time } from '../operations/json-schema.js';

const some = nullable(count);
const net = nullable({ type: 'integer' });
const metrics = { likes: some, comments: some, shares: some, impressions: some };
const rate = nullable({ type: 'number', minimum: 0 });

export const socialSchema = object({
  account: object({
    handle: nullable(text),
    display_name: nullable(text),
    external_account_id: nullable(text),
    url: nullable(text),
  }),
  followers: object({ current: some, change: net, series: list(object({ at: time, value: some })) }),
  engagement: object({ ...metrics, rate, series: list(object({ at: time, ...metrics, rate })) }),
  previous: object({ followers_change: net, ...metrics, rate }),
  basis: oneOf(['activity', 'publication']),
  as_of: nullable(time),
  posts: list(object({ id: text, text: nullable(text), url: nullable(text), posted_at: time, ...metrics })),
  next_cursor: nullable(text),
});
