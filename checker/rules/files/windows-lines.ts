import { pathOf, seen, texts } from '../../analysis/texts';
import { nameOf } from '../../manifests/workloads';
import { rule } from '../../rule';

export const windowsLines = rule({
  id: 'windows-lines',
  what: 'A file or a script has the line ends of Windows (CRLF).',
  why: 'A shell takes the CR for the last character of a word: "set: illegal option -", or a file whose name ends with it.',
  remedy: 'Convert the file to LF; with Git: `git config core.autocrlf input`, then check it out again.',
  link: 'https://git-scm.com/docs/gitattributes#_end_of_line_conversion',
  find: ({ manifests }) =>
    [...seen(manifests).texts, ...seen(manifests).secrets].some(isOfWindows) &&
    manifests.map((manifest) =>
      texts(manifest)
        .filter(({ text }) => isOfWindows(text))
        .map(({ place }) => ({
          where: `${nameOf(manifest)} ${pathOf(place)}`,
          wrong: 'has the line ends of Windows (CRLF)',
          remedy:
            'Convert the file that it comes from to LF; with Git: `git config core.autocrlf input`, then check it out again',
        })),
    ),
});

const isOfWindows = (text: string): boolean => text.includes('\r\n');
