export * from './plain.js';
export * from './rpc.js';
export * from './due-time.js';
export * from './events.js';
export * from './subjects.js';
export * from './vocabulary.js';
export * from './run-id.js';

export * from './gen/access/v1/access_events_pb.js';
export * from './gen/access/v1/access_service_pb.js';
export { IdempotencyService, type StoredAnswer } from './gen/access/v1/idempotency_service_pb.js';
export { RateLimitService } from './gen/access/v1/rate_limit_service_pb.js';
export { SessionService, type ConsoleSession } from './gen/access/v1/session_service_pb.js';
export * from './gen/catalog/v1/catalog_events_pb.js';
export * from './gen/catalog/v1/catalog_service_pb.js';
export * from './gen/connections/v1/connection_events_pb.js';
export {
  ConnectionsService,
  type FindLiveResponse,
  type ConnectResponse,
} from './gen/connections/v1/connections_service_pb.js';
export * from './gen/events/v1/event_history_pb.js';
export * from './gen/events/v1/parked_events_pb.js';
export * from './gen/oauth/v1/oauth_events_pb.js';
export { OauthService, type LeaseTokenResponse } from './gen/oauth/v1/oauth_service_pb.js';
export * from './gen/puller/v1/pulls_pb.js';
export * from './gen/sync/v1/sync_events_pb.js';
export * from './gen/sync/v1/sync_service_pb.js';
