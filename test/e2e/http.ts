import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

export interface Call {
  readonly method?: string;
  /** The name that is asked for, where the address does not say it: `coped.example.org`. */
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Certificate authority that must have signed the server's certificate. */
  readonly authority?: string;
  /** Seconds until the whole answer must be there. */
  readonly within?: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** One request on a connection of its own. `fetch` cannot send a Host header of one's choice, hence node:http. */
export function ask(url: string, call: Call = {}): Promise<Answer> {
  const { method = 'GET', host, json, authority, within = 15 } = call;
  const body = json === undefined ? undefined : JSON.stringify(json);
  const headers = {
    ...(host && { Host: host }),
    ...(body !== undefined && {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
    }),
    ...call.headers,
  };
  const tls = url.startsWith('https:') ? { ca: authority, servername: host } : {};
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(within * 1000);
    const request = (url.startsWith('https:') ? secure : plain)(
      url,
      { method, headers, agent: false, signal, ...tls },
      (response) => {
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
      },
    );
    request.on('error', (error) => reject(new Error(`${method} ${url}: ${error.message}`)));
    request.end(body);
  });
}

/** The answer, if it has the expected status. */
export async function expectStatus(status: number, url: string, call: Call = {}): Promise<Answer> {
  const answer = await ask(url, call);
  if (answer.status === status) return answer;
  const { method = 'GET' } = call;
  throw new Error(
    `${method} ${url} answered ${answer.status} instead of ${status}\n${answer.body.slice(0, 800)}`,
  );
}
