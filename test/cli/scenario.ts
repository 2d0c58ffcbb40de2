import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { parse } from 'yaml';
import type { ApiObject } from '../../cli/cluster/kubectl';
import type { Application } from '../../lib/application';
import { environments } from '../../lib/environments';
import type { FakeCluster } from './fake-cluster';

/** One run of a command: what there is besides the usual, and what is typed. */
export interface Scenario {
  readonly run: string;
  /** A line at a terminal; without it there is none. */
  readonly typed?: string;
  /** Objects in the cluster. */
  readonly add?: readonly ApiObject[];
  /** Other environments than ours. */
  readonly environments?: typeof environments;
  /** The folder whose dist/ is theirs. */
  readonly root?: string;
  /** Settings of every environment. */
  readonly settings?: object;
  /** What differs from the sample. */
  readonly application?: Partial<Application>;
  /** Settings of production that differ. */
  readonly production?: object;
  /** Line of a call, as a pattern → what is answered. */
  readonly answers?: Readonly<Record<string, string | object>>;
  /** In the folder that `run` calls FOLDER. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The scenarios of a folder, by what they show. */
export const scenariosIn = <T extends Scenario>(folder: string): Readonly<Record<string, T>> =>
  parse(readFileSync(join(folder, 'scenarios.yaml'), 'utf8'));

/** Plays one. @returns the whole screen, without times and what is random */
export async function play(cluster: FakeCluster, { run, typed, ...given }: Scenario, folder = 'FOLDER') {
  cluster.add(...(given.add ?? []));
  for (const [line, reply] of Object.entries(given.answers ?? {})) cluster.when(RegExp(line), reply);
  for (const [name, text] of Object.entries(given.files ?? {})) writeFileSync(join(folder, name), text);
  const world = cluster.world(
    (given.environments ?? environments).map((one) => ({
      ...one,
      ...given.settings,
      application: { ...one.application, ...given.application } as Application,
      ...(one.name === 'production' && given.production),
    })),
  );
  if (given.root) Object.assign(world, { root: given.root });
  if (typed !== undefined) world.atTerminal(`${typed}\n`);
  const code = await world.coped(...run.replace('FOLDER', folder).split(' '));
  const output = world.output() && `standard output:\n${world.output()}`;
  const screen = [stripVTControlCharacters(world.errors()), output, `exit code ${code}`]
    .filter(Boolean)
    .map((text) => text.trimEnd())
    .join('\n')
    .replaceAll(folder, 'FOLDER')
    .replace(/… [^\r\n]* \d+\.\d s\r| \(\d+\.\d s\)|\r/g, '')
    .replace(/(dumps)-[0-9a-f]{8}/g, '$1-RANDOM');
  return { world, code, screen };
}
