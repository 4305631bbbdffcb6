import { planned } from '../kit/planned.js';

export const granola = planned({
  type: 'granola',
  name: 'Granola',
  category: 'calls',
  method: 'api_key',
  description: 'Meeting notes with their transcripts and folders.',
});
