/** No page of any provider comes near this; an endless body must not end the worker. */
const LIMIT_BYTES = 32 * 1024 * 1024;

/** An answer's body as text. Rejects when it exceeds 32 MiB. */
export async function readBody(
  body: AsyncIterable<Buffer> & { destroy(error?: Error): unknown },
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > LIMIT_BYTES) {
      body.destroy();
      throw new Error(`the answer exceeds ${LIMIT_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
