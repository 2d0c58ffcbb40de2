import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { visible } from '../../formats/visible';

const ESCAPE = '\x1b';

/** In our own colours, it stands for the escape sign until they are written: no text of others can contain it. */
export const OWN = randomUUID();

/** A text as a terminal gets it. Of what moves the cursor, paints, or names the window, there is only what is ours. */
export const written = (text: string): string => visible(text).replaceAll(OWN, ESCAPE);

/** The beginning of a colour or of a line end, whose rest may come with the next piece. */
const BEGUN = new RegExp(`(\\r|${ESCAPE}(\\[[\\d;:]{0,16})?)$`);

/** Takes what a program writes, and passes on at once what may be shown of it. */
export function shownOn(stream: Writable): Writable {
  const decoder = new StringDecoder();
  let begun = '';
  const shown = new Writable({
    write(chunk, _, done) {
      const text = begun + decoder.write(chunk);
      begun = BEGUN.exec(text)?.[0] ?? '';
      if (stream.write(visible(text.slice(0, text.length - begun.length)))) done();
      else stream.once('drain', done);
    },
  });
  // Its reader is gone: the writer must know.
  stream.once('close', () => shown.destroy());
  return shown;
}
