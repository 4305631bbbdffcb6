import { planned } from '../kit/planned.js';

export const slack = planned({
  type: 'slack',
  name: 'Slack',
  category: 'comms',
  method: 'oauth',
  description: 'Channels, messages, threads and members of a workspace.',
});
