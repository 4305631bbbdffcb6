import { planned } from '../kit/planned.js';

export const fireflies = planned({
  type: 'fireflies',
  name: 'Fireflies',
  category: 'calls',
  method: 'api_key',
  description: 'Meeting transcripts, users, contacts and channels.',
});
