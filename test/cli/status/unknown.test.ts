import { Healthy } from './production';

// What cannot be read is named, and never called absent.

/** A cluster of which these kinds cannot be listed: kubectl answers with the rest, and an error. */
function without(kinds: readonly string[], stderr: string): Healthy {
  const cluster = new Healthy();
  const isKept = ({ kind }: { kind: string }) => !kinds.includes(kind);
  cluster.when(/^get deployments,/, () => ({
    code: 1,
    stdout: JSON.stringify({ items: cluster.objects.filter(isKept) }),
    stderr,
  }));
  const plurals = kinds.map((kind) => kind.toLowerCase()).join('|');
  return cluster.fail(new RegExp(`^get (${plurals})(s|es) --output=name$`), stderr);
}

const STARTING =
  'Error from server (ServiceUnavailable): the server is currently unable to handle the request';

test('after a reboot the API server lists some kinds later: what runs is not called absent', async () => {
  const { code, output } = await without(['Deployment', 'Ingress'], STARTING).status();
  expect(code).toBe(1);
  expect(output).not.toMatch(/does not exist|is not deployed/);
  expect(output).toMatch(/^postgres +1\/1/m);
  expect(output).toMatch(/^web +\? /m);
  expect(output).toMatch(/✘ Deployments: could not be read, .*unable to handle/);
  expect(output).toMatch(/✘ Ingresses: could not be read/);
});

test('nor if nothing else can be read', async () => {
  const kinds = ['Deployment', 'StatefulSet', 'Pod', 'CronJob', 'Ingress', 'Job'];
  const { code, output } = await without(kinds, STARTING).status('--json');
  expect(code).toBe(1);
  const found = JSON.parse(output);
  expect(found).toMatchObject({ deployed: true, fine: false, lastBackup: null });
  expect(found.unread).toEqual(expect.arrayContaining(['Deployment', 'StatefulSet', 'CronJob']));
  expect(found.components[0]).toMatchObject({ component: 'postgres', ready: null });
  expect(output).not.toMatch(/does not exist|no dump/);
});

test('a kind that you may not list is named; what is gone of another is still gone', async () => {
  const stderr = 'Error from server (Forbidden): cronjobs.batch is forbidden: User "ada"';
  const { output } = await without(['CronJob'], stderr).remove('Deployment', 'web').status();
  expect(output).toMatch(/✘ CronJobs: could not be read.*forbidden.*\n.*You may not list them/);
  expect(output).toMatch(/last backup +unknown/);
  expect(output).toContain('✘ web: does not exist');
});

test('a namespace that is being deleted is the only problem', async () => {
  const deletionTimestamp = '2026-01-02T03:03:50Z';
  const cluster = new Healthy().when(/^get namespace /, { metadata: { deletionTimestamp } });
  const { code, output } = await cluster.status('--json');
  expect(code).toBe(1);
  const found = JSON.parse(output);
  expect(found).toMatchObject({ deployed: false, fine: false, problems: [{ about: 'production' }] });
  expect(found.problems[0].reason).toContain('is being deleted');
});

test('without the rights to run commands, read Secrets or see DNS, the rest is shown', async () => {
  const { code, output } = await new Healthy().fail(/^exec|^get secrets|kube-dns/, 'Forbidden').status();
  expect(code).toBe(0);
  expect(output).toContain('migrations     unknown');
  expect(output).toContain('you may not read their Secrets');
  expect(output).not.toContain('DNS');
});

test('a cluster that does not answer is a failure with a command to try', async () => {
  const { code, errors } = await new Healthy().fail(/^get/, 'connection refused\nmore').status();
  expect(code).toBe(1);
  expect(errors).toMatch(/✘ the cluster does not answer: connection refused\n.*get pods/);
});
