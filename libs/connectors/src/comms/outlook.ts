import { planned } from '../kit/planned.js';

export const outlook = planned({
  type: 'outlook',
  name: 'Outlook',
  category: 'comms',
  method: 'oauth',
  ownership: 'personal',
  description: 'Messages and folders of one mailbox.',
});
