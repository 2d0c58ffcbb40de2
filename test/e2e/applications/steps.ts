import { imagesOf } from '../hosted/steps';
import { checkNetwork } from '../network/check-network';
import type { Suite } from '../step';
import { environment, model } from './environment';

const FOLDER = 'test/e2e/applications';

export const images = (suite: Suite): Promise<void> =>
  imagesOf(suite, [
    { image: environment.images.django, folder: `${FOLDER}/legacy` },
    { image: environment.images.metabase ?? '', folder: `${FOLDER}/echo` },
  ]);

export const network = (suite: Suite): Promise<void> => checkNetwork(suite, model);
