import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Step } from '../terminal';
import type { World } from '../world';
import { type Builder, type BuilderName, chooseBuilder } from './builders';
import { loaderOf } from './loaders';
import type { OwnImage } from './own-images';
import { runProgram } from './run-program';

/** Seconds. The first build fetches every Python package. */
const BUILD = 1800;
const LOAD = 600;

/** Builds images and brings them to a local cluster; `done` hears of each that has arrived. */
export async function bringImages(
  world: World,
  context: string,
  images: readonly OwnImage[],
  asked: BuilderName | undefined,
  done: (image: OwnImage) => Promise<void>,
): Promise<void> {
  const loader = loaderOf(context);
  const builder = await chooseBuilder(world, asked, loader.takesFrom);
  for (const image of images) {
    const { reference, folder } = image;
    await world.terminal.step(`build ${reference} with ${builder.name}`, (step) =>
      runProgram(world, step, [builder.name, ...builder.build(image)], {
        what: `building ${reference}`,
        next: `Mend what the last lines name, in ${folder}, then run it again`,
        within: BUILD,
      }),
    );
    await world.terminal.step(`load ${reference} into ${context}`, async (step) => {
      await load(world, step, context, builder, image);
      await done(image);
    });
  }
}

async function load(
  world: World,
  step: Step,
  context: string,
  builder: Builder,
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
