import { planned } from '../kit/planned.js';

export const circleback = planned({
  type: 'circleback',
  name: 'Circleback',
  category: 'calls',
  method: 'api_key',
  description: 'Meeting notes and action items. Coming soon.',
});
