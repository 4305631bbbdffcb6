import { planned } from '../kit/planned.js';

export const fathom = planned({
  type: 'fathom',
  name: 'Fathom',
  category: 'calls',
  method: 'api_key',
  description: 'Recorded meetings, transcripts, summaries and team members.',
});
