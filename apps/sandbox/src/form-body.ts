import { type FastifyInstance } from 'fastify';

/** Reads `application/x-www-form-urlencoded` bodies (token requests, the consent form) into plain objects. */
export default function formBody(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(body as string)));
    },
  );
}
