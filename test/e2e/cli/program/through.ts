import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Kubectl } from '../../../../cli/cluster/kubectl';
import { withFolder } from '../../folder';
import type { Through } from './in-process';

// What is between a command and the programs that it runs.

/** Does something once, as soon as a program is run with such arguments; the program runs meanwhile. */
export function when(line: RegExp, through: Through, happens: () => unknown): Through {
  let happened = false;
  return (execute) => {
    const inner = through(execute);
    return (program, args, options) => {
      const ended = inner(program, args, options);
      if (!happened && line.test(`${args.join(' ')} `)) {
        happened = true;
        happens();
      }
      return ended;
    };
  };
}

/** kubectl's own, of one context: which cluster, and who one is there. */
export interface Kubeconfig {
  readonly contexts: readonly [Context, ...Context[]];
  readonly clusters: readonly [Cluster, ...Cluster[]];
  readonly 'current-context'?: string;
}
interface Context {
  readonly name: string;
  readonly context: { readonly cluster: string };
}
interface Cluster {
  readonly name: string;
  readonly cluster: object;
}

/** kubectl's configuration as a colleague may have it: how the present cluster is reached, changed. */
export async function withKubeconfig<T>(
  kubectl: Kubectl,
  change: (config: Kubeconfig) => Kubeconfig,
  task: (through: Through) => Promise<T>,
): Promise<T> {
  const view = ['config', 'view', '--raw', '--minify', '--flatten', '--output=json'];
  const present: Kubeconfig = JSON.parse(await kubectl.run(view));
  return withFolder(async (folder) => {
    const file = join(folder, 'config');
    // It holds what one logs in with.
    await writeFile(file, JSON.stringify(change(present)), { mode: 0o600 });
    return await task(configured(file));
  });
}

/** With another configuration for kubectl. */
export const configured =
  (file: string): Through =>
  (execute) =>
  (program, args, options) =>
    execute(program, program === 'kubectl' ? [`--kubeconfig=${file}`, ...args] : args, options);

/** A proxy before a server: for its client it looks as if the server stopped, and came back. */
class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private server?: Server;
  private port = 0;

  constructor(private readonly to: { readonly host: string; readonly port: number }) {}

  /** @returns the port of this machine on which it listens, always the same */
  async start(): Promise<number> {
    const server = createServer((here) => this.join(here));
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (server.address() as AddressInfo).port;
    return this.port;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      if (this.server?.listening) this.server.close(() => resolve());
      else resolve();
    });
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private join(here: Socket): void {
    const there = connect(this.to);
    for (const [socket, other] of [
      [here, there],
      [there, here],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}

/** Does something with a cluster whose API server can be taken away. */
export async function withProxy<T>(
  kubectl: Kubectl,
  task: (proxy: TcpProxy, through: Through) => Promise<T>,
): Promise<T> {
  const { server } = JSON.parse(await kubectl.run(['config', 'view', '--minify', '--output=json']))
    .clusters[0].cluster;
  const { hostname, port } = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, '');
  const proxy = new TcpProxy({ host, port: Number(port || 443) });
  const start = await proxy.start();
  const here = { server: `https://127.0.0.1:${start}`, 'tls-server-name': host };
  const by = ({ clusters: [{ name, cluster }], ...config }: Kubeconfig): Kubeconfig => ({
    ...config,
    clusters: [{ name, cluster: { ...cluster, ...here } }],
  });
  try {
    return await withKubeconfig(kubectl, by, (through) => task(proxy, through));
  } finally {
    await proxy.stop();
  }
}
