import { CliError, RefusedError } from '../../terminal/errors';
import type { World } from '../../world';
import { answer, usualCause } from '../programs';
import type { OwnImage } from './own-images';

/** A program that makes images of Dockerfiles. */
export interface Builder {
  readonly name: BuilderName;
  /** Succeeds if the program is there, and its server too. */
  readonly probe: readonly string[];
  readonly build: (image: OwnImage) => readonly string[];
  /** Writes an image into a file that every cluster understands. */
  readonly save: (reference: string, file: string) => readonly string[];
}

const build = ({ reference, folder, target }: OwnImage): string[] => [
  'build',
  `--tag=${reference}`,
  ...(target ? [`--target=${target}`] : []),
  folder,
];

/** In the order in which they are preferred. */
const BUILDERS: readonly Builder[] = [
  {
    name: 'docker',
    probe: ['version', '--format={{.Server.Version}}'],
    build,
    save: (reference, file) => ['save', `--output=${file}`, reference],
  },
  {
    name: 'podman',
    probe: ['info', '--format={{.Version.Version}}'],
    build,
    save: (reference, file) => ['save', '--format=docker-archive', `--output=${file}`, reference],
  },
  {
    name: 'buildah',
    probe: ['--version'],
    build,
    save: (reference, file) => ['push', reference, `docker-archive:${file}:${reference}`],
  },
];

export type BuilderName = 'docker' | 'podman' | 'buildah';
export const BUILDER_NAMES: readonly BuilderName[] = BUILDERS.map(({ name }) => name);

/** What became of asking a program whether it works. */
export type Probed = Builder & { readonly state: 'works' | 'absent' | 'silent'; readonly said: string };

/** Asks every builder whether it is there and works. */
export const probeBuilders = (world: World): Promise<Probed[]> =>
  Promise.all(
    BUILDERS.map(async (builder): Promise<Probed> => {
      const result = await answer(world, builder.name, builder.probe);
      if (!result) return { ...builder, state: 'absent', said: '' };
      const { code, stdout, stderr } = result;
      return code === 0
        ? { ...builder, state: 'works', said: stdout.trim() }
        : { ...builder, state: 'silent', said: stderr.trim() };
    }),
  );

/**
 * The builder that was asked for, or the first that works.
 * @throws CliError if there is none
 */
export async function chooseBuilder(
  world: World,
  asked: BuilderName | undefined,
  usable: readonly BuilderName[] = BUILDER_NAMES,
): Promise<Builder> {
  const candidates = (await probeBuilders(world)).filter(({ name }) => (asked ?? name) === name);
  const works = candidates.find(({ name, state }) => state === 'works' && usable.includes(name));
  if (works) return works;
  const silent = candidates.find(({ state }) => state === 'silent');
  if (silent) {
    const { why, next } = silence(silent);
    throw new CliError(`${silent.name} is installed, but ${why}`, next);
  }
  throw new RefusedError(
    `nothing here can build images: ${(asked ? [asked] : usable).join(', ')} not found`,
    'Install Docker: https://docs.docker.com/engine/install/',
  );
}

/** Why a builder that is installed does not work, as the rest of a sentence, and what to do. */
export function silence({ name, said }: Probed): { readonly why: string; readonly next: string } {
  const last = said.split('\n').at(-1) ?? '';
  const cause = usualCause(said);
  return cause
    ? { why: `${cause.why}: ${last}`, next: cause.next }
    : { why: `does not answer: ${last}`, next: `See \`${name} info\`` };
}
