import { planned } from '../kit/planned.js';

export const aircall = planned({
  type: 'aircall',
  name: 'Aircall',
  category: 'calls',
  method: 'api_key',
  description: 'Calls, contacts, users, teams, numbers and tags of a company.',
});
