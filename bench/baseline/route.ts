// The same bytes from a bare Fastify route.
import Fastify from 'fastify';

const app = Fastify();
let bytes = Buffer.alloc(0);
app.get('/', (_request, reply) =>
  reply.header('content-type', 'application/json; charset=utf-8').send(bytes),
);
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.on('message', (text: string) => {
  bytes = Buffer.from(text);
  process.send?.({ set: bytes.length });
});
process.send?.({ url });
