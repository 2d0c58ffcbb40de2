import type { Report } from '../report';
import { list } from './projects';
import { type Site, visit } from './site';

const PATH = '/dashboards/voila/render/projects.ipynb';
/** Rendered outputs travel in the page as JSON, by their type. */
const PLOT = /"image\/(svg\+xml|png)":\s*"(?<image>(\\.|[^"\\])+)"/g;
/** Starting a kernel and loading a plotting library takes its time. */
const WITHIN = 90;

/** The notebook runs in a kernel, reads the API from inside the cluster and draws what it read. */
export async function checkDashboard(report: Report, site: Site): Promise<void> {
  await report.check('a dashboard draws what the API returns', async () => {
    const { body } = await visit(site, PATH, { within: WITHIN });
    const plots = [...body.matchAll(PLOT)].filter(({ groups }) => (groups?.image?.length ?? 0) > 1000);
    if (plots.length === 0) throw new Error(`there is no plot in ${body.length} bytes of page`);
    const count = (await list(site)).length;
    if (!body.includes(`${count} projects`))
      throw new Error(`the page does not speak of "${count} projects"`);
    return `${plots.length} plots of ${count} projects`;
  });
}
