import type { Paint } from '../terminal';
import { age, ago } from '../terminal/age';
import { columns } from '../terminal/columns';
import type { Advice, ComponentStatus, DiskStatus, Status } from './status';

/** A status as people read it. */
export function table(status: Status, now: Date, paint: Paint): string {
  const { problems, warnings, deployed } = status;
  const concerns = [
    ...problems.map((concern) => lines(paint('red', '✘'), concern)),
    ...warnings.map((concern) => lines(paint('yellow', '!'), concern)),
  ];
  return [
    ...(deployed
      ? [
          columns([HEADING, ...status.components.map((row) => cells(row, now))]),
          '',
          columns(facts(status, now)),
        ]
      : []),
    ...(concerns.length > 0 ? ['', ...concerns] : []),
    ...(status.fine ? ['', paint('green', verdict(status))] : []),
  ]
    .join('\n')
    .trimStart();
}

const lines = (mark: string, { about, reason, next }: Advice): string =>
  `${mark} ${about}: ${reason}\n    ${next}`;

const verdict = ({ environment, warnings: { length } }: Status): string =>
  `${environment} is fine${length > 0 ? `, with ${count(length, 'warning')}` : ''}.`;

/** `1 problem`, `2 problems` */
export const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

const HEADING = ['COMPONENT', 'READY', 'VERSION', 'RESTARTS', 'SINCE'];

const cells = (row: ComponentStatus, now: Date): string[] => [
  row.component,
  row.ready === null ? '?' : `${row.ready}/${row.wanted}`,
  `${row.version ?? '-'}${row.sourceVersion ? ` (sources: ${row.sourceVersion})` : ''}`,
  row.lastRestart
    ? `${row.restarts} (${row.lastRestart.reason} ${ago(row.lastRestart.at, now)})`
    : `${row.restarts}`,
  row.since ? age(now.getTime() - Date.parse(row.since)) : '-',
];

function facts(status: Status, now: Date): string[][] {
  const { makesBackups, lastBackup, pendingMigrations: pending, searchIndex: index, unread } = status;
  const never = unread.includes('CronJob') ? 'unknown' : 'none';
  const busy = status.autoscalers.filter(({ min, max }) => min !== max);
  return [
    ...(makesBackups
      ? [['last backup', lastBackup ? `${ago(lastBackup, now)} (${lastBackup})` : never]]
      : []),
    ['migrations', pending ? listed(pending) : 'unknown: no pod of web can be asked'],
    ...(index === undefined
      ? []
      : [
          [
            'search index',
            index ? `${index.documents ?? 0} of ${index.rows}` : 'unknown: no pod of web can be asked',
          ],
        ]),
    ...status.certificates.map(({ secret, daysLeft, expires }) => [
      'certificate',
      `${secret}: ${daysLeft === null ? 'unknown' : `until ${expires?.slice(0, 10)} (${daysLeft} days)`}`,
    ]),
    ...status.disks.map((disk) => ['disk', `${disk.pod}: ${space(disk)}`]),
    ...busy.map(({ component, replicas, min, max }) => [
      'autoscaler',
      `${component}: ${replicas} of ${min} to ${max}`,
    ]),
  ];
}

/** The first names of many. */
const listed = (names: readonly string[]): string => {
  if (names.length === 0) return 'none pending';
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return `${names.length} pending: ${names.slice(0, SHOWN).join(', ')}${more}`;
};

const SHOWN = 3;

const space = ({ usedPercent, bytes }: DiskStatus): string =>
  `${usedPercent} % of ${(bytes / 2 ** 30).toFixed(bytes < 10 * 2 ** 30 ? 1 : 0)} GiB`;
