import { planned } from '../kit/planned.js';

export const notion = planned({
  type: 'notion',
  name: 'Notion',
  category: 'docs',
  method: 'oauth',
  description: 'Pages, databases and users shared with the connection.',
});
