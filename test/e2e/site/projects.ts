import { until } from '../../../cli/cluster/waiting';
import type { Report } from '../report';
import { type Site, visit } from './site';

interface Project {
  readonly id: number;
  readonly title: string;
}

/** A title that no earlier run has used, of words that the search engine keeps apart. */
export const uniqueTitle = (): string => `Geothermal trial ${Date.now().toString(36)}`;

/** Creates a project through the API. */
export async function create(
  site: Site,
  title: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Project> {
  const json = { title, summary: 'Made by e2e.', organisation: 'e2e', started: 2026, funding: 1000 };
  const { body } = await visit(site, '/api/projects/', { method: 'POST', status: 201, json, headers });
  return JSON.parse(body);
}

/** All projects, from all pages of the list. */
export async function list(site: Site): Promise<Project[]> {
  const projects: Project[] = [];
  for (let page = 1; ; page += 1) {
    const { next, results } = JSON.parse((await visit(site, `/api/projects/?page=${page}`)).body);
    projects.push(...results);
    if (!next) return projects;
  }
}

export async function search(site: Site, query: string): Promise<Project[]> {
  return JSON.parse((await visit(site, `/api/search/?q=${encodeURIComponent(query)}`)).body).results;
}

/** A project is in the database and in the search index. */
export async function checkFound(report: Report, site: Site, title: string, within = 20): Promise<void> {
  const check = (promise: string, place: string, read: () => Promise<Project[]>) =>
    report.check(`"${title}" ${promise}`, () => {
      const missing = async () =>
        (await read()).some((project) => project.title === title) ? undefined : `it is not in ${place}`;
      return until(report, place, missing, { within });
    });
  await check('is listed', 'the list', () => list(site));
  await check('is found by a search', 'the results of the search', () => search(site, title));
}
