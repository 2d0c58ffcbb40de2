import type { Variables } from './variables';

/** What Django may be called: its setting ALLOWED_HOSTS, and the variable that holds it. */
export interface AllowedHosts {
  readonly variable: string;
  readonly patterns: readonly string[];
}

/** From ALLOWED_HOSTS, DJANGO_ALLOWED_HOSTS and the like, with spaces or commas in between. */
export function allowedHosts(variables: Variables): AllowedHosts | undefined {
  const found = [...variables].find(([name]) => name.endsWith('ALLOWED_HOSTS'));
  if (!found) return undefined;
  const [variable, value] = found;
  return { variable, patterns: value.split(/[\s,]+/).filter((pattern) => pattern !== '') };
}

/**
 * Whether Django answers to this Host header, and not with 400: a name as it is written, in capitals or not, with any
 * port; `.example.org` also for everything below; `*` for everything.
 * @see https://docs.djangoproject.com/en/5.2/ref/settings/#allowed-hosts
 */
export function accepts({ patterns }: AllowedHosts, header: string): boolean {
  const host = header.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  return patterns
    .map((pattern) => pattern.toLowerCase())
    .some(
      (pattern) =>
        pattern === '*' ||
        pattern === host ||
        (pattern.startsWith('.') && (host.endsWith(pattern) || host === pattern.slice(1))),
    );
}
