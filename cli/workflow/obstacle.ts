import type { Step } from './steps';

/** What a command must not touch, or cannot reach, when it is only tried. */
const ELSEWHERE = [
  { what: 'Docker', word: /\b(docker|kind)\b/ },
  // Also on a machine that has one: it may be a real one.
  { what: 'a cluster', word: /\b(kubectl|e2e|coped)\b/ },
  { what: 'GitHub', word: /\b(cosign|gh|git push)\b/ },
];

/** What GitHub gives, and files stand in for. */
export const WRITTEN = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_ENV', 'GITHUB_PATH', 'RUNNER_TEMP'];

/**
 * Why a step cannot run here, if it can't.
 * @param given the values that somebody set, and those that earlier steps wrote
 */
export function obstacleOf(
  { run, env }: Step,
  given: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const elsewhere = ELSEWHERE.find(({ word }) => word.test(run));
  if (elsewhere) return `needs ${elsewhere.what}`;
  const fromGitHub = Object.keys(env).filter((name) => env[name]?.includes('${{') && run.includes(name));
  const ofGitHub = [...run.matchAll(/\b(?:GITHUB|RUNNER)_[A-Z_]+/g)].map(([name]) => name);
  const missing = [...fromGitHub, ...ofGitHub.filter((name) => !WRITTEN.includes(name))].filter(
    (name) => given[name] === undefined,
  );
  return missing.length > 0 ? `needs a value for ${[...new Set(missing)].join(', ')}` : undefined;
}
