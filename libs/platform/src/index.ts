export {
  ConfigError,
  DatabaseServiceConfig,
  IsWebAddress,
  loadConfig,
  ServiceConfig,
  serviceDatabaseUrl,
} from './config.js';
export { HealthModule, HealthRegistry, NotReady, type HealthCheck } from './health.js';
export { createLogger, NestLogger, type Logger } from './logging.js';
export { redact, redactText } from './redaction.js';
export {
  runService,
  startService,
  type CreateModule,
  type RunningService,
  type ServiceOptions,
} from './service.js';
export { rounds, type Rounds } from './rounds.js';
export { endOnSignal } from './shutdown.js';
export * from './tracing.js';
