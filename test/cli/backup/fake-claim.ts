import { createHash } from 'node:crypto';
import { manifestsOf, named } from '../../support';
import { FakeCluster } from '../fake-cluster';

/** The CronJobs of staging and production, and a claim with these files. */
export const clusterWith = (files: () => Readonly<Record<string, string>>): FakeCluster =>
  new FakeCluster(...['staging', 'production'].flatMap(cronJobs))
    .when(/^exec \S+ -- find \/backup /, () =>
      Object.entries(files())
        .map(([name, text]) => `${text.length} 1767222000.5 ${name}\n`)
        .join(''),
    )
    .when(/^exec \S+ -- df /, 'Avail\n1073741824\n')
    .when(/^exec \S+ -- (cat|sha256sum) \/backup\/(\S+)$/, ({ options }, program, name = '') => {
      const text = files()[name] ?? '';
      if (program === 'sha256sum') return `${sha256(text)}  /backup/${name}\n`;
      options.output?.write(text);
      return '';
    });

const cronJobs = (environment: string) =>
  manifestsOf(named(environment)).filter(({ kind }) => kind === 'CronJob');

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
