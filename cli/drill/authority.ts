import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executor } from '../cluster/execute';

/** A certificate the way that Ingresses and Elasticsearch take it. */
export interface KeyPair {
  readonly 'tls.crt': string;
  readonly 'tls.key': string;
  readonly 'ca.crt': string;
}

const KEY = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -config @openssl.cnf';
/** Arguments of openssl; `@` marks a file in the temporary folder. */
const COMMANDS = [
  `req -x509 -days 7 ${KEY} -extensions authority -subj /CN=coped-trial-ca -keyout @ca.key -out @ca.crt`,
  `req -new ${KEY} -subj /CN=trial -keyout @tls.key -out @request`,
  'x509 -req -days 7 -CA @ca.crt -CAkey @ca.key -CAcreateserial -extfile @openssl.cnf -extensions leaf -in @request -out @tls.crt',
];

/** A certificate for names, for servers and clients, signed by an authority whose key is deleted at once. */
export async function certificateFor(names: readonly string[]): Promise<KeyPair> {
  const folder = await mkdtemp(join(tmpdir(), 'coped-certificate-'));
  const at = (file: string) => join(folder, file);
  try {
    const settings = await readFile(join(__dirname, 'openssl.cnf'), 'utf8');
    const others = names.map((name) => `, DNS:${name}`);
    await writeFile(at('openssl.cnf'), settings.trimEnd() + others.join(''));
    for (const command of COMMANDS) {
      const args = command.split(' ').map((word) => (word.startsWith('@') ? at(word.slice(1)) : word));
      const { code, stderr } = await executor()('openssl', args);
      if (code !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
    }
    const read = (file: string) => readFile(at(file), 'utf8');
    return {
      'tls.crt': await read('tls.crt'),
      'tls.key': await read('tls.key'),
      'ca.crt': await read('ca.crt'),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
