import { planned } from '../kit/planned.js';

export const salesforce = planned({
  type: 'salesforce',
  name: 'Salesforce',
  category: 'crm',
  method: 'oauth',
  description: 'Accounts, contacts, leads, opportunities and activities of an org.',
});
