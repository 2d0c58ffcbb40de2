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

export async function network(suite: Suite): Promise<void> {
  const { report, settings } = suite;
  const ports = model.environment.application.calls?.map(({ port }) => `${port}`) ?? [];
  if (!ports.includes(settings.internet.replace(/.*:/, '')))
    report.note(
      `E2E_INTERNET=${settings.internet}: the application calls port ${ports.join()}; that it reaches the internet is not shown`,
    );
  await checkNetwork(suite, model);
}
