import type { FastifyReply } from 'fastify';

/** What a browser sees where the console has no page of its own yet. Title and text are ours: nothing of a request is in it. */
export function plainPage(
  title: string,
  text: string,
  link?: { readonly href: string; readonly text: string },
): string {
  const way = link ? `<p><a href="${link.href}">${link.text}</a></p>` : '';
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body{font:16px/1.5 system-ui;margin:20vh auto;max-width:32rem;padding:0 1rem}</style>
<h1>${title}</h1><p>${text}</p>${way}</html>
`;
}

export const PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'; style-src 'unsafe-inline'";

/** Sends a plain page that no script, frame or form can be put into. */
export function sendPage(reply: FastifyReply, status: number, page: string): void {
  void reply
    .status(status)
    .header('Content-Type', 'text/html; charset=utf-8')
    .header('Content-Security-Policy', PAGE_POLICY)
    .header('Referrer-Policy', 'no-referrer')
    .send(page);
}
