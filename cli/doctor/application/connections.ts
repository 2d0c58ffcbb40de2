import type { Kubectl } from '../../cluster/kubectl';

/** A connection that was asked for and is not answered, in /proc/net/tcp: its address in hexadecimal, the last byte first. */
const ASKED_FOR = /^ *\d+: \S+ ([0-9A-F]{8}):([0-9A-F]{4}) 02 /gm;

/** Looks for connections that no one answers: what a network policy stops looks like that, whether or not the program says so. */
export class Connections {
  private readonly seen = new Map<string, number>();

  /** @param own addresses of Services: a new pod is refused there for a moment, too */
  constructor(private readonly own: ReadonlySet<string>) {}

  async look(kubectl: Kubectl, pod: string): Promise<void> {
    const { stdout } = await kubectl.attempt([
      'exec',
      pod,
      '--container=program',
      '--',
      'cat',
      '/proc/net/tcp',
    ]);
    for (const [, bytes = '', port = ''] of stdout.matchAll(ASKED_FOR)) {
      const host = Buffer.from(bytes, 'hex').reverse().join('.');
      const address = `${host}:${Number.parseInt(port, 16)}`;
      if (!this.own.has(host)) this.seen.set(address, (this.seen.get(address) ?? 0) + 1);
    }
  }

  /** Those that were seen twice: an answer takes no second. */
  get unanswered(): string[] {
    return [...this.seen].filter(([, times]) => times > 1).map(([address]) => address);
  }
}
