import { planned } from '../kit/planned.js';

export const gong = planned({
  type: 'gong',
  name: 'Gong',
  category: 'calls',
  method: 'oauth',
  description: 'Calls, transcripts, users and workspaces of a company.',
});
