import type { ConnectorDefinition } from './kit/definition.js';
import { aircall } from './calls/aircall.js';
import { circleback } from './calls/circleback.js';
import { fathom } from './calls/fathom.js';
import { fireflies } from './calls/fireflies.js';
import { gong } from './calls/gong.js';
import { grain } from './calls/grain.js';
import { granola } from './calls/granola.js';
import { gmail } from './comms/gmail.js';
import { outlook } from './comms/outlook.js';
import { slack } from './comms/slack.js';
import { hubspot } from './crm/hubspot.js';
import { pipedrive } from './crm/pipedrive.js';
import { salesforce } from './crm/salesforce.js';
import { notion } from './docs/notion.js';
import { linkedin } from './social/linkedin.js';
import { x } from './social/x.js';
import { pylon } from './support/pylon.js';

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
