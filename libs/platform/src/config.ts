import 'reflect-metadata';
import {
  getMetadataStorage,
  IsIn,
  IsInt,
  IsOptional,
  IsUrl,
  Matches,
  Max,
  Min,
  validateSync,
} from 'class-validator';

type Environment = Record<string, string | undefined>;

/** Faults of the environment: all of them in one message, a line each. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** A property that holds an http(s) URL. Without its protocol `connections.example` would pass, and fail where it is parsed. */
export const IsWebAddress = (
  message = 'must be a URL such as https://connections.example.com',
): PropertyDecorator =>
  IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] }, { message });

/** What every service reads. A service extends it with its own properties (`config.ts` of the service). */
export class ServiceConfig {
  @IsIn(['development', 'test', 'production'])
  nodeEnv: string = 'development';

  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
  logLevel: string = 'info';

  /** Of the HTTP listener with /healthz and /readyz; 0 takes any free one. */
  @IsInt()
  @Min(0)
  @Max(65535)
  port: number = 0;

  @Matches(/^(nats|tls|ws|wss):\/\/[^/]+/, { message: 'must be a URL such as nats://127.0.0.1:4222' })
  natsUrl: string = 'nats://127.0.0.1:4222';

  /** OTLP/HTTP collector, such as http://localhost:4318. Unset: spans are not exported. */
  @IsOptional()
  @IsWebAddress()
  otelExporterOtlpEndpoint?: string;
}

/** What a service with a database reads besides. */
export class DatabaseServiceConfig extends ServiceConfig {
  @Matches(/^postgres(ql)?:\/\//, {
    message: 'must be a URL such as postgres://user:password@host:5432/name',
  })
  databaseUrl: string;
}

/**
 * Fills a configuration class from the environment, once, at a service's start.
 *
 * A property `maxRows` of service `puller` is read from `PULLER_MAX_ROWS`, else from `MAX_ROWS`, else keeps its
 * initial value; only properties with a validation decorator are read. Text becomes what the property is
 * declared as: number, boolean (`true|1|yes|on`, `false|0|no|off`) or array (comma-separated). Empty text counts as unset.
 * A property `databaseUrl` (or `projectionDatabaseUrl`, naming another service) falls back to `DATABASE_URL`
 * with that service's database name, see `serviceDatabaseUrl`.
 * @throws ConfigError naming every variable at fault; values are not repeated, for they may be secrets
 */
export function loadConfig<T extends object>(
  schema: new () => T,
  service: string,
  environment: Environment = process.env,
): T {
  const config = new schema();
  const names = new Map<string, string>();
  for (const property of decoratedProperties(schema)) {
    const [name, text] = lookUp(property, service, environment);
    names.set(property, name);
    if (text === undefined) continue;
    const type: unknown = Reflect.getMetadata('design:type', schema.prototype as object, property);
    Reflect.set(config, property, convert(text, type));
  }
  const faults = validateSync(config).map(({ property, value, constraints }) => {
    const reasons = Object.values(constraints ?? {}).map((reason) =>
      reason.replace(`in ${property} `, '').replace(`${property} `, ''),
    );
    return `  ${names.get(property)} ${value === undefined ? 'is not set: it ' : ''}${reasons.join(', ')}`;
  });
  if (faults.length > 0) throw new ConfigError(`Configuration of ${service}:\n${faults.join('\n')}`);
  return config;
}

/**
 * The database of one service inside the server that `DATABASE_URL` names: `…/connections` gives the service
 * `sync` the database `connections_sync`.
 */
export function serviceDatabaseUrl(url: string, service: string): string {
  const own = new URL(url);
  own.pathname = `${own.pathname.length > 1 ? own.pathname : '/postgres'}_${service.replaceAll('-', '_')}`;
  return own.href;
}

function decoratedProperties(schema: new () => object): Set<string> {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(schema, '', true, false);
  return new Set(metadata.map(({ propertyName }) => propertyName));
}

function lookUp(property: string, service: string, environment: Environment): [string, string | undefined] {
  const plain = constantCase(property);
  const own = `${constantCase(service)}_${plain}`;
  const value = environment[own] || environment[plain];
  const database = /^(\w*?)_?DATABASE_URL$/.exec(plain);
  if (!database) return [environment[own] ? own : plain, value || undefined];
  // A plain DATABASE_URL names the server; services never share a database.
  const exact = environment[own] || (database[1] ? environment[plain] : undefined);
  const owner = database[1] ? database[1].toLowerCase() : service;
  const server = environment.DATABASE_URL;
  if (exact || !server || !URL.canParse(server))
    return [exact ? own : 'DATABASE_URL', exact || server || undefined];
  return ['DATABASE_URL', serviceDatabaseUrl(server, owner)];
}

function constantCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase();
}

function convert(text: string, type: unknown): unknown {
  if (type === Number) return Number(text);
  if (type === Array) return text.split(',').map((part) => part.trim()).filter(Boolean); // prettier-ignore
  if (type !== Boolean) return text;
  if (/^(true|1|yes|on)$/i.test(text)) return true;
  if (/^(false|0|no|off)$/i.test(text)) return false;
  return text;
}
