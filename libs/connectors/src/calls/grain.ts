import { planned } from '../kit/planned.js';

export const grain = planned({
  type: 'grain',
  name: 'Grain',
  category: 'calls',
  method: 'api_key',
  description: 'Recordings, transcripts and highlights of a workspace.',
});
