/** A migration that the tables still lack. */
export interface Planned {
  /** `projects.0002_project_funder` */
  readonly name: string;
  /** What it does, in Django's words. */
  readonly operations: readonly string[];
}

const HEADING = 'Planned operations:';
const NONE = 'No planned migration operations.';

/** What `python manage.py migrate --plan` has printed; undefined if it is not that. */
export function plannedIn(output: string): Planned[] | undefined {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const start = lines.indexOf(HEADING);
  if (start < 0 || lines.some((line) => line.trim() === NONE)) {
    return lines.some((line) => line.trim() === NONE) ? [] : undefined;
  }
  const planned: { name: string; operations: string[] }[] = [];
  for (const line of lines.slice(start + 1).filter(Boolean)) {
    if (line.startsWith(' ')) planned.at(-1)?.operations.push(line.trim());
    else planned.push({ name: line, operations: [] });
  }
  return planned;
}
