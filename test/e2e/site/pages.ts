import type { Report } from '../report';
import { type Site, visit } from './site';

const STYLESHEET = /<link rel="stylesheet" href="([^"]+)"/;

/** A page, and the stylesheet that it names: an unstyled page is the classic sign of a broken static set-up. */
export async function checkPages(report: Report, site: Site): Promise<void> {
  let stylesheet: string | undefined;
  await report.check(`the start page answers at ${site.address}`, async () => {
    const { body } = await visit(site, '/');
    if (!body.includes('COPED')) throw new Error(`this is not our page:\n${body.slice(0, 500)}`);
    stylesheet = STYLESHEET.exec(body)?.[1];
  });
  await report.check('its stylesheet is served', async () => {
    if (stylesheet === undefined) throw new Error('the page names no stylesheet');
    const { headers, body } = await visit(site, stylesheet);
    if (!String(headers['content-type']).startsWith('text/css')) {
      throw new Error(`${stylesheet} is ${headers['content-type']}`);
    }
    return `${stylesheet}, ${body.length} bytes`;
  });
}
