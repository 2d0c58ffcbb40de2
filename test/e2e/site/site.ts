import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

/** The site as one reaches it: by an address of this machine, under the name that the Ingress knows. */
export interface Site {
  readonly address: string;
  readonly host: string;
  /** Who must have signed the certificate, for https. */
  readonly authority?: string;
}

interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
}

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** Seconds until the whole answer must be there. */
const WITHIN = 15;

/** One request on a connection of its own. `fetch` cannot send a Host header of one's choice, hence node:http. */
export function request({ address, host, authority }: Site, path: string, call: Call = {}): Promise<Answer> {
  const { method = 'GET', json } = call;
  const url = new URL(path, address).href;
  const body = json === undefined ? undefined : JSON.stringify(json);
  const content = body !== undefined && {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  };
  const headers = { Host: host, ...content, ...call.headers };
  const [send, tls] = url.startsWith('https:') ? [secure, { ca: authority, servername: host }] : [plain, {}];
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(WITHIN * 1000);
    const sent = send(url, { method, headers, agent: false, signal, ...tls }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', (error) => reject(new Error(`${method} ${url}: ${error.message}`)));
    sent.end(body);
  });
}

/** The answer to a request that must succeed, or fail in the way that is expected. */
export async function visit(
  site: Site,
  path: string,
  { status = 200, ...call }: Call & { status?: number } = {},
): Promise<Answer> {
  const answer = await request(site, path, call);
  if (answer.status === status) return answer;
  const { method = 'GET' } = call;
  throw new Error(
    `${method} ${site.address}${path} answered ${answer.status} instead of ${status}\n${answer.body.slice(0, 800)}`,
  );
}
