import type { Readable } from 'node:stream';

/** A dump that is about to be restored, wherever it lies. */
export interface Supply {
  /** `coped-20260102T023000Z.dump of production` */
  readonly about: string;
  readonly bytes: number;
  /** Where the restore's pod sees it; otherwise it has to be sent there. */
  readonly path?: string;
  /** Starts to send it. */
  readonly open?: () => Sending;
}

export interface Sending {
  /** Ends with an error if it cannot be sent to its end. */
  readonly stream: Readable;
  /** The checksum of what was sent. */
  readonly checksum: () => Promise<string>;
}
