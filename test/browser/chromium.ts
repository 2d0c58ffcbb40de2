import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const PLACES = [
  ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The browser of this machine: none is downloaded. */
export function chromium(): string {
  const found = process.env.CHROMIUM ?? PLACES.find(isProgram);
  if (found !== undefined) return found;
  throw new Error(
    'No Chromium or Chrome was found. Install one (on Debian: apt-get install chromium), or name it: set CHROMIUM=/path/to/it',
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
