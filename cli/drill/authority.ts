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

const VALID_DAYS = '7';
const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** A certificate for names, good for servers and clients, signed by an authority that is forgotten at once. */
export async function certificateFor(names: readonly string[]): Promise<KeyPair> {
  const folder = await mkdtemp(join(tmpdir(), 'coped-certificate-'));
  const at = (file: string) => join(folder, file);
  try {
    await writeFile(at('openssl.cnf'), configuration(names));
    const config = ['-config', at('openssl.cnf')];
    const authority = ['-keyout', at('ca.key'), '-out', at('ca.crt'), '-subj', '/CN=COPED trial CA'];
    await openssl(
      'req',
      '-x509',
      '-days',
      VALID_DAYS,
      ...EC,
      ...authority,
      ...config,
      '-extensions',
      'authority',
    );
    await openssl(
      'req',
      '-new',
      ...EC,
      '-keyout',
      at('tls.key'),
      '-out',
      at('request'),
      '-subj',
      '/CN=trial',
      ...config,
    );
    const signing = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', VALID_DAYS];
    const extensions = ['-extfile', at('openssl.cnf'), '-extensions', 'leaf'];
    await openssl('x509', '-req', '-in', at('request'), '-out', at('tls.crt'), ...signing, ...extensions);
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

const configuration = (names: readonly string[]): string => `
[req]
distinguished_name = subject
[subject]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth, clientAuth
subjectAltName = ${[...names.map((name) => `DNS:${name}`), 'IP:127.0.0.1'].join(', ')}
`;

async function openssl(...args: string[]): Promise<void> {
  const { code, stderr } = await executor()('openssl', args);
  if (code !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
}
