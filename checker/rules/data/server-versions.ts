import { parseImage } from '../../../formats/image';
import { compareVersions, type Server, serverIn } from '../../analysis/servers';
import type { Finding } from '../../problem';

type Reason = Pick<Finding, 'wrong' | 'remedy'>;

/** Why a server cannot work, or not without preparation, with the files that the one before has written; undefined if it can. */
export function unreadable(before: unknown, image: unknown): Reason | undefined {
  const [old, now] = [serverIn(before), serverIn(image)];
  if (!old || !now || old.product !== now.product || isSame(before, image)) return undefined;
  const { wrong, remedy } = unknown(old, now) ?? CHECKS[now.product](old, now) ?? {};
  if (!wrong || !remedy) return undefined;
  return {
    wrong: `was ${before} as committed: Kubernetes accepts that, and ${wrong}`,
    remedy: `${remedy}, and add an exception to rules/exceptions.ts`,
  };
}

/** A digest says more than the tag before it. */
function isSame(before: unknown, after: unknown): boolean {
  const [old, now] = [before, after].map((image) => parseImage(image)?.digest);
  return before === after || (old !== undefined && old === now);
}

function unknown({ version }: Server, now: Server): Reason | undefined {
  const named = now.version.length > 0;
  if (named && version.length > 0) return undefined;
  const [stake, command] = now.product === 'PostgreSQL' ? ['site', 'postgres'] : ['search', 'elasticsearch'];
  const wrong = `the ${named ? 'image before' : 'image'} names no version to compare, so whether ${now.product} can read the files on its disk is not known; at stake: the ${stake}, if it does not start`;
  const remedy = named
    ? `Ask the running server (\`${command} --version\` in its container). If the files fit, keep it`
    : 'Write the tag before the digest, name:1.4.0@sha256:…. If the files are known to fit, keep it';
  return { wrong, remedy };
}

/** PostgreSQL reads the files of its own major version, whichever the minor: https://www.postgresql.org/support/versioning/ */
function postgres(old: Server, now: Server): Reason | undefined {
  const [then, major] = [old.version[0], now.version[0]];
  if (then !== major) {
    return {
      wrong: `PostgreSQL ${major} does not start on files of PostgreSQL ${then} ("database files are incompatible with server"); at stake: the site, which is down until the old image is back; the files stay as they are`,
      remedy: `Keep PostgreSQL ${then}. To upgrade, move the data in a dump to an empty disk (docs/upgrades.md#postgresql-major)`,
    };
  }
  // What says nothing may be the same, unless it was said before; without a word it is no Alpine.
  const same = old.system === undefined ? now.system !== 'Alpine' : old.system === now.system;
  if (same) return undefined;
  return {
    wrong: `${now.system ?? 'a tag that names no distribution'} may sort text in another order than ${old.system ?? 'Debian'}, by which the indexes on the disk were built; at stake: rows that are not found, and unique values that are there twice, until every index is built again`,
    remedy: `Keep ${old.system ? `the tag of ${old.system}` : 'Debian'}. If it has to change, rebuild the indexes and run ALTER DATABASE … REFRESH COLLATION VERSION (docs/upgrades.md#postgresql-another-distribution)`,
  };
}

/**
 * From which version a node starts as the next major one, at least: the last minor version of the one before (9.0 came before
 * 8.19). What is not here was not known when it was written.
 * @see https://www.elastic.co/docs/deploy-manage/upgrade#upgrade-paths
 */
const LAST: Readonly<Record<string, string>> = { 6: '5.6', 7: '6.8', 8: '7.17', '9.0': '8.18', 9: '8.19' };

const text = ({ version }: Server): string => version.join('.');

/** A node remembers by which version its files were written, and refuses older and far newer ones. */
function elasticsearch(old: Server, now: Server): Reason | undefined {
  const way = 'docs/upgrades.md#elasticsearch';
  const stake = 'at stake: the search, which is down until a node starts again';
  if (compareVersions(now.version, old.version) < 0) {
    return {
      wrong: `a node does not start on files of a newer version ("cannot downgrade a node from version [${text(old)}]"); ${stake}`,
      remedy: `Keep ${text(old)} or a newer one: there is no way back. To go back all the same, start over with empty disks (${way})`,
    };
  }
  const [major = 0, minor] = now.version;
  if (major === old.version[0]) return undefined;
  const last = LAST[`${major}.${minor}`] ?? LAST[major];
  if (last === undefined) {
    return {
      wrong: `a node starts as ${major} only on files of the last minor version of ${major - 1}, and which one that is, is not known here; ${stake}`,
      remedy: `Read which one is the last (https://www.elastic.co/docs/deploy-manage/upgrade). If ${text(old)} is, go on`,
    };
  }
  if (compareVersions(old.version, last.split('.').map(Number)) >= 0) return undefined;
  return {
    wrong: `a node does not start as ${text(now)} on files of ${text(old)} ("cannot upgrade a node from version [${text(old)}] directly"): another major version takes the last minor version of the one before, ${last}; ${stake}`,
    remedy: `Release ${last} first, and ${text(now)} when all nodes run with that (${way}). For empty disks any version is right: then keep it`,
  };
}

const CHECKS = { Elasticsearch: elasticsearch, PostgreSQL: postgres };
