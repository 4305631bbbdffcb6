import { type FastifyInstance } from 'fastify';
import { refuse } from '../../control/faults.js';
import { hubspotError, missingScopes } from './errors.js';

const at = '2023-01-01T08:00:00.000Z';
const stage = (id: string, label: string, displayOrder: number, metadata: object) => ({
  id, label, displayOrder, metadata, createdAt: at, updatedAt: at, archived: false,
}); // prettier-ignore

const pipelines: Record<string, { scope: string; results: object[] }> = {
  deals: {
    scope: 'crm.objects.deals.read',
    results: [
      {
        id: 'default', label: 'Sales Pipeline', displayOrder: 0, archived: false, createdAt: at, updatedAt: at,
        stages: [
          stage('appointmentscheduled', 'Appointment Scheduled', 0, { isClosed: 'false', probability: '0.2' }),
          stage('qualifiedtobuy', 'Qualified To Buy', 1, { isClosed: 'false', probability: '0.4' }),
          stage('contractsent', 'Contract Sent', 2, { isClosed: 'false', probability: '0.9' }),
          stage('closedwon', 'Closed Won', 3, { isClosed: 'true', probability: '1.0' }),
          stage('closedlost', 'Closed Lost', 4, { isClosed: 'true', probability: '0.0' }),
        ],
      },
    ], // prettier-ignore
  },
  tickets: {
    scope: 'tickets',
    results: [
      {
        id: '0', label: 'Support Pipeline', displayOrder: 0, archived: false, createdAt: at, updatedAt: at,
        stages: ['New', 'Waiting on contact', 'Waiting on us', 'Closed'].map((label, order) =>
          stage(String(order + 1), label, order, { ticketState: order === 3 ? 'CLOSED' : 'OPEN' }),
        ),
      },
    ], // prettier-ignore
  },
};

/** `GET /crm/pipelines/{version}/{deals|tickets}`: one page, never more. */
export function pipelineRoutes(scope: FastifyInstance): void {
  for (const path of [
    '/crm/pipelines/2026-03/:type',
    '/crm/pipelines/2026-09/:type',
    '/crm/v3/pipelines/:type',
  ]) {
    scope.get<{ Params: { type: string } }>(path, (request, reply) => {
      const found = pipelines[request.params.type === '0-3' ? 'deals' : request.params.type];
      if (!found) return refuse(reply, hubspotError(404, 'OBJECT_NOT_FOUND', 'no such object type'));
      if (!request.scopes?.includes(found.scope)) return refuse(reply, missingScopes([found.scope]));
      return reply.send({ results: found.results });
    });
  }
}
