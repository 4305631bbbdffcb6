import type { ConnectorDefinition } from './kit/definition.js';
import { aircall } from './calls/aircall/aircall.js';
import { circleback } from './calls/circleback.js';
import { fathom } from './calls/fathom/fathom.js';
import { fireflies } from './calls/fireflies/fireflies.js';
import { gong } from './calls/gong/gong.js';
import { grain } from './calls/grain/grain.js';
import { granola } from './calls/granola/granola.js';
import { gmail } from './comms/gmail/gmail.js';
import { outlook } from './comms/outlook/outlook.js';
import { slack } from './comms/slack/slack.js';
import { hubspot } from './crm/hubspot/hubspot.js';
import { pipedrive } from './crm/pipedrive/pipedrive.js';
import { salesforce } from './crm/salesforce/salesforce.js';
import { notion } from './docs/notion/notion.js';
import { linkedin } from './social/linkedin/linkedin.js';
import { x } from './social/x/x.js';
import { pylon } from './support/pylon/pylon.js';

/** Every connector there is, in the catalog's order. */
export const connectors: readonly ConnectorDefinition[] = [
  hubspot,
  salesforce,
  pipedrive,
  gong,
  fathom,
  granola,
  fireflies,
  grain,
  aircall,
  circleback,
  gmail,
  outlook,
  slack,
  notion,
  pylon,
  x,
  linkedin,
];

const byType = new Map(connectors.map((connector) => [connector.type, connector]));

export function findConnector(type: string): ConnectorDefinition | undefined {
  return byType.get(type);
}
