import { Refused } from './cluster/current-context';
import type { Choice } from './runner';

export interface Options extends Choice {
  readonly list: boolean;
  readonly help: boolean;
}

/** What is given on the command line. */
export function optionsOf(words: readonly string[]): Options {
  const options = { only: [] as string[], lanes: [] as string[], deep: false, list: false, help: false };
  let names: string[] | undefined;
  for (const word of words) {
    if (word === '--only') names = options.only;
    else if (word === '--lane') names = options.lanes;
    else if (word === '--deep' || word === '--list' || word === '--help') {
      options[word.slice(2) as 'deep' | 'list' | 'help'] = true;
      names = undefined;
    } else if (names === undefined || word.startsWith('-')) throw new Refused(`unknown option ${word}`);
    else names.push(word);
  }
  for (const [option, given] of [
    ['--only', options.only],
    ['--lane', options.lanes],
  ] as const) {
    if (words.includes(option) && given.length === 0) throw new Refused(`${option} needs a name`);
  }
  return options;
}
