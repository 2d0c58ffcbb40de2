import type { Environment } from '../../lib/environments/environment';
import type { Kubectl } from '../cluster/kubectl';
import type { Release } from '../release/release';
import { forScripts, told } from '../release/summary';
import { viewOf } from '../release/view';
import { CliError } from '../terminal/errors';
import type { World } from '../world';
import { fullDiff } from './full-diff';

export interface Shown {
  /** Every line, instead of the plan. */
  readonly full?: boolean;
  readonly json?: boolean;
}

/**
 * Says what a deploy would do to what runs.
 * @throws CliError if it would do anything
 */
export async function diff(
  world: World,
  kubectl: Kubectl,
  environment: Environment,
  release: Release,
  { full = false, json = false }: Shown,
): Promise<void> {
  const { terminal } = world;
  const view = await terminal.step('Comparing with the cluster', () => viewOf(kubectl, environment, release));
  if (json) terminal.print(JSON.stringify(forScripts(environment, view, release), undefined, 2));
  else terminal.print(full ? fullDiff(view) : told(world, view, release));
  if (view.plan.parts.length === 0) return;
  const { name } = environment;
  throw new CliError(
    `${name} is not what the sources say: ${view.plan.summary}`,
    `\`npx coped deploy ${name}\` makes it so; \`npx coped diff ${name} --full\` shows every line`,
  );
}
