import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Site } from '../e2e/site/site';

/** Answers as a site would, by path; every other path is a 404. */
export async function withSite(
  answers: Record<string, (request: IncomingMessage, response: ServerResponse) => string>,
  task: (site: Site) => Promise<void>,
): Promise<void> {
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    if (!answer) response.statusCode = 404;
    const body = answer?.(request, response) ?? 'not found';
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    await task({ address: `http://127.0.0.1:${port}`, host: 'coped.example.org' });
  } finally {
    server.close();
  }
}
