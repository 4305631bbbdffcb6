import { IsArray, IsBoolean, IsIn, IsOptional, Min } from 'class-validator';
import {
  ConfigError,
  DatabaseServiceConfig,
  loadConfig,
  serviceDatabaseUrl,
  ServiceConfig,
} from './config.js';

class WorkerConfig extends DatabaseServiceConfig {
  @IsArray()
  @IsIn(['a', 'b'], { each: true })
  categories: string[] = [];

  @IsBoolean()
  eager: boolean = false;

  @Min(1)
  slots: number = 4;

  @IsOptional()
  otherDatabaseUrl?: string;

  undeclared = 'untouched';
}

const DATABASE_URL = 'postgres://u:p@db:5432/house';

describe('loadConfig', () => {
  it('keeps initial values for what is unset or empty', () => {
    const config = loadConfig(ServiceConfig, 'worker', { LOG_LEVEL: '' });
    expect(config).toMatchObject({ port: 0, logLevel: 'info', natsUrl: 'nats://127.0.0.1:4222' });
  });

  it('converts text to the declared types', () => {
    const env = { DATABASE_URL, CATEGORIES: 'a, b', EAGER: 'true', SLOTS: '8', UNDECLARED: 'x' };
    const config = loadConfig(WorkerConfig, 'worker', env);
    expect(config).toMatchObject({ categories: ['a', 'b'], eager: true, slots: 8, undeclared: 'untouched' });
  });

  it("prefers a service's own variable", () => {
    const env = { PORT: '3000', WORKER_PORT: '4000', WORKER_SLOTS: '9', DATABASE_URL };
    expect(loadConfig(WorkerConfig, 'worker', env)).toMatchObject({ port: 4000, slots: 9 });
    expect(loadConfig(ServiceConfig, 'other', env).port).toBe(3000);
  });

  it.each(['nope', 'collector:4318', 'ftp://collector', 'https://'])('%s is no address', (url) => {
    const load = () => loadConfig(ServiceConfig, 'worker', { OTEL_EXPORTER_OTLP_ENDPOINT: url });
    expect(load).toThrow('OTEL_EXPORTER_OTLP_ENDPOINT must be a URL such as');
  });

  it.each(['http://localhost:4318', 'https://collector.example/v1'])('%s is an address', (url) => {
    const config = loadConfig(ServiceConfig, 'worker', { OTEL_EXPORTER_OTLP_ENDPOINT: url });
    expect(config.otelExporterOtlpEndpoint).toBe(url);
  });

  it('gives each service a database of its own', () => {
    const shared = loadConfig(WorkerConfig, 'worker', { DATABASE_URL });
    expect(shared.databaseUrl).toBe('postgres://u:p@db:5432/house_worker');
    expect(shared.otherDatabaseUrl).toBe('postgres://u:p@db:5432/house_other');
    const own = { DATABASE_URL, WORKER_DATABASE_URL: 'postgres://w/x', OTHER_DATABASE_URL: 'postgres://o/y' };
    const config = loadConfig(WorkerConfig, 'worker', own);
    expect(config).toMatchObject({ databaseUrl: 'postgres://w/x', otherDatabaseUrl: 'postgres://o/y' });
    expect(serviceDatabaseUrl('postgres://h', 'two-words')).toBe('postgres://h/postgres_two_words');
  });

  it('names every variable at fault in one message, without its value', () => {
    const load = () =>
      loadConfig(WorkerConfig, 'worker', {
        WORKER_PORT: 'abc',
        EAGER: 'perhaps',
        SLOTS: '0',
        CATEGORIES: 'c',
        NATS_URL: 's3cret',
      });
    expect(load).toThrow(ConfigError);
    const message = (() => {
      try {
        return String(load());
      } catch (error) {
        return (error as Error).message;
      }
    })();
    for (const name of ['WORKER_PORT', 'EAGER', 'SLOTS', 'NATS_URL', 'DATABASE_URL is not set']) {
      expect(message).toContain(name);
    }
    expect(message).toContain('CATEGORIES each value must be one of');
    expect(message).not.toContain('s3cret');
  });
});
