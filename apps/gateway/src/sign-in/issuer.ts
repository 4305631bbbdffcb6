import { ValidateBy, type ValidationArguments } from 'class-validator';

interface Beside {
  readonly nodeEnv?: string;
  readonly publicUrl?: string;
}

/** A property that names an OpenID provider which may say who somebody is. */
export const IsIssuer = (): PropertyDecorator =>
  ValidateBy({
    name: 'issuer',
    validator: {
      validate: (value: unknown, args) => issuerFault(value, args?.object as Beside) === undefined,
      defaultMessage: (args?: ValidationArguments) => issuerFault(args?.value, args?.object as Beside) ?? '',
    },
  });

/** Why this issuer is not trusted; undefined when it is. In production none of this machine is: the sandbox vouches for anybody. */
export function issuerFault(value: unknown, { nodeEnv, publicUrl }: Beside): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return 'must be the provider’s URL';
  const { protocol, hostname } = new URL(value);
  if (protocol !== 'https:' && (protocol !== 'http:' || nodeEnv === 'production')) {
    return 'must be an https URL';
  }
  if (nodeEnv === 'production' && isLoopback(hostname)) return 'must not be on this machine in production';
  return publicUrl === undefined ? 'needs PUBLIC_URL, where the provider sends people back to' : undefined;
}

/** As URLs spell them once they are parsed: `http://2130706433` is 127.0.0.1 by then. */
const isLoopback = (hostname: string): boolean =>
  /^(localhost|.+\.localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])\.?$/.test(
    hostname,
  );
