import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Step } from '../../terminal';
import { sideBySide } from '../../up/parallel';
import type { World } from '../../world';
import { runProgram } from '../programs';
import { type Builder, type BuilderName, chooseBuilder } from './builders';
import { loaderOf } from './loaders';
import type { OwnImage } from './own-images';

/** Seconds. The first build fetches every Python package. */
const BUILD = 1800;
const LOAD = 600;

/** How images come into a local cluster: built with what was asked for, or with what is there. */
export interface Route {
  readonly context: string;
  readonly builder: Builder;
}

/** @throws CliError if nothing here can build */
export const routeTo = async (world: World, context: string, asked?: BuilderName): Promise<Route> => ({
  context,
  builder: await chooseBuilder(world, asked, loaderOf(context).takesFrom),
});

/** Builds images side by side, and loads each as soon as it is built. */
export async function bringImages(
  world: World,
  context: string,
  images: readonly OwnImage[],
  asked: BuilderName | undefined,
): Promise<void> {
  const route = await routeTo(world, context, asked);
  await sideBySide(world, (part) =>
    images.map(async (image) => {
      await buildImage(part, route, image);
      await loadImage(part, route, image);
    }),
  );
}

export const buildImage = (world: World, { builder }: Route, image: OwnImage): Promise<void> =>
  world.terminal.step(`build ${image.reference} with ${builder.name}`, (step) =>
    runProgram(world, step, [builder.name, ...builder.build(image)], {
      what: `building ${image.reference}`,
      next: `Fix what the last lines name, in ${image.folder}, then run it again`,
      within: BUILD,
    }),
  );

export const loadImage = (world: World, route: Route, image: OwnImage): Promise<void> =>
  world.terminal.step(`load ${image.reference} into ${route.context}`, (step) =>
    load(world, step, route, image),
  );

async function load(
  world: World,
  step: Step,
  { context, builder }: Route,
  { reference }: OwnImage,
): Promise<void> {
  const loader = loaderOf(context);
  const work = {
    what: `loading ${reference} into ${context}`,
    next: 'Run it again; what is built already is kept',
    within: LOAD,
  };
  if (builder.name === 'docker') {
    const command = loader.image(reference);
    if (command) await runProgram(world, step, command, work);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'coped-image-'));
  try {
    const file = join(folder, 'image.tar');
    await runProgram(world, step, [builder.name, ...builder.save(reference, file)], work);
    const command = loader.file(file);
    if (command) await runProgram(world, step, command, work);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
