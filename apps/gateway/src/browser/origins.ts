import { ValidateBy } from 'class-validator';

/** A property that lists origins as browsers spell them: an upper-case host, a default port or a path would never match. */
export const IsOrigins = (): PropertyDecorator =>
  ValidateBy({
    name: 'origins',
    validator: {
      validate: (value: unknown) => Array.isArray(value) && value.every(isOrigin),
      defaultMessage: () =>
        'must be origins as browsers send them, such as https://app.example.com: no path, no default port, no *',
    },
  });

const isOrigin = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^https?:\/\/[^*]+$/.test(value) &&
  URL.canParse(value) &&
  new URL(value).origin === value;
