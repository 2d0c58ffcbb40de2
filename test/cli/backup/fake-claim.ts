import { createHash } from 'node:crypto';
import type { Answer, Call } from '../fake-world';

/** The CronJob `backup`, as far as commands look at it. */
export const CRON_JOB = {
  metadata: { name: 'backup', uid: 'u-1' },
  spec: {
    jobTemplate: {
      metadata: { labels: { 'app.kubernetes.io/component': 'backup' } },
      spec: {
        backoffLimit: 4,
        template: {
          metadata: { labels: { 'app.kubernetes.io/component': 'backup' } },
          spec: {
            serviceAccountName: 'backup',
            containers: [
              {
                name: 'backup',
                image: 'postgres:17',
                command: ['sh', '/script/backup.sh'],
                volumeMounts: [
                  { name: 'backup', mountPath: '/backup' },
                  { name: 'secrets', mountPath: '/run/secrets/coped', readOnly: true },
                  { name: 'tmp', mountPath: '/tmp' },
                ],
              },
            ],
            volumes: [
              { name: 'backup', persistentVolumeClaim: { claimName: 'backup' } },
              { name: 'secrets', projected: { sources: [{ secret: { name: 'postgres-backup' } }] } },
              { name: 'tmp', emptyDir: {} },
            ],
          },
        },
      },
    },
  },
};

/** What a pod that was asked for would be: whatever was created is there and runs. */
export const pods: Answer = ({ line }) => {
  if (line.startsWith('create --filename=-')) return '';
  if (line.startsWith('delete pod')) return '';
  if (/^get --output=json pod \S+$/.test(line)) return { status: { phase: 'Running' } };
  return undefined;
};

export const cronJob: Answer = ({ line }) =>
  line === 'get --ignore-not-found --output=json cronjob backup' ? CRON_JOB : undefined;

/** The command that was run in a pod: `cat /backup/x.dump`. */
export const inPod = ({ line }: Call): string | undefined => /^exec .*?-- (.*)$/s.exec(line)?.[1];

/** A claim with these files. */
export const claim =
  (files: Readonly<Record<string, string>>, sums: Readonly<Record<string, string>> = {}): Answer =>
  (call) => {
    const command = inPod(call);
    if (command?.startsWith('find /backup')) {
      return Object.entries(files)
        .map(([name, text]) => `${text.length} 1767222000.5 ${name}\n`)
        .join('');
    }
    if (command?.startsWith('df ')) return 'Avail\n1073741824\n';
    const [, program, name = ''] = /^(cat|sha256sum) \/backup\/(\S+)$/.exec(command ?? '') ?? [];
    const text = files[name];
    if (!program || text === undefined) return undefined;
    if (program === 'sha256sum') return `${sums[name] ?? sha256(text)}  /backup/${name}\n`;
    call.options.output?.write(text);
    return '';
  };

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
