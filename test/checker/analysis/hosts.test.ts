import { type Host, hosts } from '../../../checker/analysis/hosts';
import { yamlOf } from '../../yaml';

type Found = Readonly<Record<string, readonly string[]>>;

const { urls, none, ports, settings } = yamlOf<{
  readonly urls: Found;
  readonly none: readonly string[];
  readonly ports: Readonly<Record<string, string>>;
  readonly settings: Found;
}>(__dirname, 'hosts.yaml');

const W = 'here';
const found = (name: string | undefined, value: string, beside: Record<string, string> = {}): string[] => {
  const all = Object.entries({ ...beside, ...(name && { [name]: value }) });
  const settings = all.map(([name, value]) => ({ where: `${W} ${name}`, name, value }));
  return hosts({ where: W, name, value }, settings).map(
    ({ host, port, certain }: Host) => `${host}${port === undefined ? '' : `:${port}`}${certain ? '' : '?'}`,
  );
};

test.each(Object.entries(urls))('finds the hosts of the URL %s', (value, expected) => {
  expect(found(undefined, value)).toEqual(expected);
});

test.each(none)('finds no host in %s', (value) => {
  expect(found('URL', value).filter((host) => !host.endsWith('?'))).toEqual([]);
});

test.each(Object.entries(ports))('%s is a host, and %s its port', (host, port) => {
  expect(found(host, 'db')).toEqual(['db']);
  expect(found(host, '"db",', { [port]: '"5432",' })).toEqual(['db:5432']);
  expect(found(host, 'db', { [port]: '$PORT' })).toEqual(['db']);
  expect(hosts({ where: W, name: host, value: 'db' }, [{ where: 'there', name: port, value: '1' }])).toEqual([
    { where: W, host: 'db', port: 1, portWhere: 'there', certain: true },
  ]);
});

test.each(Object.entries(settings))('finds the hosts of %s', (setting, expected) => {
  const [, name, value = ''] = /^([^=]*)=(.*)$/.exec(setting) ?? [];
  expect(found(name || undefined, value)).toEqual(expected);
});

test('throws away what stands before the host: it may be a password', () => {
  expect(JSON.stringify(hosts({ where: W, value: 'amqp://user:hunter2@mq:5672' }, []))).not.toContain(
    'hunter2',
  );
});
