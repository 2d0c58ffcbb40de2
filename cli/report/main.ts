import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Problems } from '../../checker/problems';
import { RefusedError } from '../terminal/errors';
import { page } from './page';
import { picturesOf } from './pictures';
import { seenNow } from './seen';

const HELP = `Writes one HTML file to look at in a browser: environments side by side, who may talk to whom, what they take,
what is checked, and every object with its YAML. Asks no cluster.

  npm run report                        report.html in this folder
  npm run report -- --out <file>        somewhere else

The file needs nothing else: open it from the disk, or send it to somebody. No secret's value is in it.
Exit code 0: written. 1: a rule has found something, and nothing is written. 2: it cannot be written, and why.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'report.html' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const seen = seenNow();
  const text = page(seen, await picturesOf(seen));
  try {
    writeFileSync(values.out, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new RefusedError(
      `${values.out}: cannot be written (${code}); name a file in a folder that is there and yours`,
    );
  }
  console.log(`${values.out}: ${Math.ceil(Buffer.byteLength(text) / 1000)} KB. Open it in a browser.`);
  return 0;
}

/** When it is done, for who runs it in a process that goes on. */
export const ended = main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    // Arguments that do not exist come as a TypeError with a code.
    const known = error instanceof Problems || error instanceof RefusedError;
    console.error(known ? error.message : `${error.message}\nSee npm run report -- --help`);
    process.exitCode = error instanceof Problems ? 1 : 2;
  },
);
