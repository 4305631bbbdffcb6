import { planned } from '../kit/planned.js';

export const pylon = planned({
  type: 'pylon',
  name: 'Pylon',
  category: 'support',
  method: 'api_key',
  description: 'Issues, messages, accounts, contacts and teams of an organisation.',
});
