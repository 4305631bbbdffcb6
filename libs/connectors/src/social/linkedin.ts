import { planned } from '../kit/planned.js';

export const linkedin = planned({
  type: 'linkedin',
  name: 'LinkedIn',
  category: 'social',
  method: 'handle',
  description: 'Followers and posts of a company page, with their metrics over time.',
});
