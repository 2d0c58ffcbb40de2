import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Takes what a program writes, and gives it on line by line. */
export function eachLine(take: (line: string) => void): Writable {
  const decoder = new StringDecoder();
  let rest = '';
  return new Writable({
    write(chunk, _, done) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
      done();
    },
    final(done) {
      if (rest !== '') take(rest);
      done();
    },
  });
}
