import { isExternal } from '../components/elsewhere';
import { type ImageName, imageNames } from '../components/images';
import type { Environment } from './environment';
import { imagesFile } from './images';
import type { SettingProblem } from './problem';

/**
 * What production runs was tried on staging: each image is the same in both, or staging's file says which one of production's it is
 * tried instead of. That is the whole time between a release and its promotion.
 */
export const untriedImages = (environments: readonly Environment[]): SettingProblem[] =>
  environments.flatMap((copy) => {
    const model = environments.find(({ name }) => name === copy.shapeOf);
    return [
      ...withoutModel(copy),
      ...(model ? imageNames.flatMap((name) => compare(copy, model, name)) : []),
      ...(model ? [...otherApplication(copy, model), ...otherServers(copy, model)] : []),
    ];
  });

const otherApplication = (copy: Environment, model: Environment): SettingProblem[] =>
  copy.application === model.application
    ? []
    : [
        {
          environment: copy.name,
          where: 'application',
          wrong: `is another one than that of ${model.name}, which cannot be tried here then`,
          remedy: `Import the same application as lib/environments/${model.name}.ts, or remove shapeOf`,
        },
      ];

/** A server that is ours is tried on one that is ours. */
const otherServers = (copy: Environment, model: Environment): SettingProblem[] =>
  (['postgres', 'elasticsearch'] as const)
    .filter((key) => copy[key] && model[key] && isExternal(copy[key]) !== isExternal(model[key]))
    .map((key) => ({
      environment: copy.name,
      where: `${key}.kind`,
      value: copy[key]?.kind ?? 'server',
      wrong: `is not that of ${model.name}, whose server is ${isExternal(model[key]) ? "someone else's" : 'ours'}: a release would be tried on another`,
      remedy: `Make both the same, or remove shapeOf`,
    }));

function compare(copy: Environment, model: Environment, name: ImageName): SettingProblem[] {
  const [own, other, declared] = [copy.images[name], model.images[name], copy.images.insteadOf?.[name]];
  const problem = { environment: copy.name, where: `images.${name}`, value: own };
  const promote = `\`npx coped images ${model.name} --from ${copy.name}\``;
  if (declared === undefined) {
    if (own === other) return [];
    return [
      {
        ...problem,
        wrong: `is not the image of ${model.name}, "${other}", and no release is said to be on trial`,
        remedy: `Change ${imagesFile(copy.name)} by \`npx coped images ${copy.name} --${name} …\`, which says so; what was tried comes to ${model.name} with ${promote}`,
      },
    ];
  }
  const place = { environment: copy.name, where: `images.insteadOf.${name}`, value: declared };
  if (own === declared || own === other) {
    const wrong =
      own === other ? `is over: ${model.name} has what was tried` : 'is no other image than the one on trial';
    return [{ ...place, wrong, remedy: `Remove the key from ${imagesFile(copy.name)}` }];
  }
  if (declared === other) return [];
  return [
    {
      ...place,
      wrong: `is not the image of ${model.name}, "${other}", which was never on trial`,
      remedy: `Take back the change of ${imagesFile(model.name)}; what was tried comes to ${model.name} with ${promote}`,
    },
  ];
}

const withoutModel = ({ name, shapeOf, images }: Environment): SettingProblem[] =>
  images.insteadOf === undefined || shapeOf !== undefined
    ? []
    : [
        {
          environment: name,
          where: 'images.insteadOf',
          value: images.insteadOf,
          wrong: 'is for an environment that is a smaller copy of another',
          remedy: `Remove the key from ${imagesFile(name)}, or set shapeOf`,
        },
      ];
