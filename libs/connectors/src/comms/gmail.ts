import { planned } from '../kit/planned.js';

export const gmail = planned({
  type: 'gmail',
  name: 'Gmail',
  category: 'comms',
  method: 'oauth',
  ownership: 'personal',
  description: 'Messages, threads and labels of one mailbox.',
});
