/** Which paths a `.dockerignore` keeps out of an image. */
export interface Ignored {
  (path: string): boolean;
  /** A folder that is left out may still hold something that is not. */
  readonly hasExceptions: boolean;
}

/**
 * Reads a `.dockerignore`: the last line that fits decides, `!` takes back, `**` stands for any number of folders.
 * @see https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function ignored(text: string): Ignored {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ keeps: line.startsWith('!'), pattern: patternOf(line.replace(/^!/, '')) }));
  const decide = (path: string) =>
    rules.reduce((out, { keeps, pattern }) => (pattern.test(path) ? !keeps : out), false);
  return Object.assign(decide, { hasExceptions: rules.some(({ keeps }) => keeps) });
}

/** What fits a folder fits all that is in it. */
function patternOf(line: string): RegExp {
  const parts = line.split('/').filter((part) => part !== '' && part !== '.');
  const text = parts.map((part, i) => {
    const isLast = i === parts.length - 1;
    if (part === '**') return isLast ? '.*' : '(?:.*/)?';
    return (
      part
        .replace(/[.+^${}()|\\]/g, '\\$&')
        .replaceAll('*', '[^/]*')
        .replaceAll('?', '[^/]') + (isLast ? '' : '/')
    );
  });
  return new RegExp(`^${text.join('')}(?:/.*)?$`);
}
