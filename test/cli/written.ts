import type { Readable } from 'node:stream';

/** All that was written to a stream since it was last asked. Newer Nodes give one piece at a time. */
export function written(stream: Readable): string {
  const pieces: Buffer[] = [];
  for (let piece = stream.read(); piece !== null; piece = stream.read()) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
