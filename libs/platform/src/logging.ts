import type { LoggerService } from '@nestjs/common';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { redact, redactText } from './redaction.js';

export type { Logger } from 'pino';

let root: Logger | undefined;

function rootLogger(): Logger {
  return (root ??= createRoot());
}

/**
 * A logger that names its service in each line: JSON, except on a terminal in development. Lines written inside a span
 * carry `trace_id` and `span_id`; secrets are masked. `LOG_LEVEL` sets the level (`warn` under tests).
 */
export function createLogger(service: string): Logger {
  return rootLogger().child({ service });
}

function createRoot(): Logger {
  const { NODE_ENV, LOG_LEVEL } = process.env;
  const options = {
    level: LOG_LEVEL && isLevel(LOG_LEVEL) ? LOG_LEVEL : NODE_ENV === 'test' ? 'warn' : 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: traceIds,
    // Not pino's `redact`: it wants exact paths, and the secret is always in the path nobody thought of.
    formatters: { log: (fields: object) => redact(fields) as Record<string, unknown> },
    serializers: { err: (error: unknown) => redact(error), error: (error: unknown) => redact(error) },
    hooks: {
      logMethod(args: unknown[], method: (...args: unknown[]) => void): void {
        method.apply(
          this,
          args.map((arg) => (typeof arg === 'string' ? redactText(arg) : arg)),
        );
      },
    },
  } as Parameters<typeof pino>[0];
  if (NODE_ENV === 'production' || !process.stdout.isTTY) return pino(options as object);
  // In this thread, not in pino's worker: the last words of a crash must be seen.
  return pino(options as object, pretty({ singleLine: true, sync: true }));
}

/** Loggers are made before the configuration is read: pino would throw at another word before that can name the variable. */
const isLevel = (level: string): boolean => level === 'silent' || level in pino.levels.values;

function traceIds(): Record<string, string> {
  const span = trace.getActiveSpan()?.spanContext();
  return span && isSpanContextValid(span) ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

const NEST_INTERNALS = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'NestMicroservice',
  'RouterExplorer',
  'RoutesResolver',
]);

/** Lets Nest, and `new Logger(context)` in its modules, write through ours. */
export class NestLogger implements LoggerService {
  private readonly logger: Logger;

  /** Without a service where several share the process: Nest keeps one logger for all of them. */
  constructor(service?: string) {
    this.logger = service ? createLogger(service) : rootLogger();
  }

  log(message: unknown, ...rest: unknown[]): void {
    // What Nest tells about each of its modules and routes at every start drowns what services have to say.
    this.write(NEST_INTERNALS.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest appends the context as the last text, and for errors the stack before it. */
  private write(
    level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const texts = rest.filter((part) => typeof part === 'string');
    const fields = { context: texts.at(-1), ...(texts.length > 1 ? { stack: texts[0] } : {}) };
    if (message instanceof Error) this.logger[level]({ ...fields, err: message }, message.message);
    else if (typeof message === 'string') this.logger[level](fields, message);
    else this.logger[level]({ ...fields, detail: message }, 'Nest');
  }
}
