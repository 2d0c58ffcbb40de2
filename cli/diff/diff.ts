import type { Site } from '../cluster/site';
import type { Release } from '../release/release';
import { asText, forScripts } from '../release/summary';
import { viewOf } from '../release/view';
import { CliError } from '../terminal/errors';
import { fullDiff } from './full-diff';

export interface Shown {
  /** Every line, instead of the plan. */
  readonly full?: boolean;
  readonly json?: boolean;
}

/**
 * Shows what a deploy would change.
 * @throws CliError if it would change anything
 */
export async function diff(
  site: Site,
  release: Release,
  { full = false, json = false }: Shown,
): Promise<void> {
  const { world, environment } = site;
  const { terminal } = world;
  const { name } = environment;
  const view = await terminal.step('Comparing with the cluster', () => viewOf(site, release));
  if (json) terminal.print(JSON.stringify(forScripts(environment, view, release), undefined, 2));
  else terminal.print(full ? fullDiff(view) : asText(world, view, release));
  if (view.plan.parts.length === 0) return;
  throw new CliError(
    `${name} differs from the sources: ${view.plan.summary}`,
    `\`npx coped deploy ${name}\` applies them; \`npx coped diff ${name} --full\` shows every line`,
  );
}
