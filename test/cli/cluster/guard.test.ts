import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { chooseContext } from '../../../cli/cluster/guard';
import { unreadConfigurations } from '../../../cli/configurations';
import { NotUpError, RefusedError } from '../../../cli/terminal/errors';
import { parseEnvironments } from '../../../rules/environments';
import { named } from '../../support';
import { temporaryFolder } from '../temporary';

const of = (name: string) => parseEnvironments([named(name)])[0] as ReturnType<typeof parseEnvironments>[0];
const LOCAL = 'https://127.0.0.1:6443';
const FAR = 'https://k8s.example.org:6443';
const choose = (name: string, asked: string | undefined, current: string, servers: Record<string, string>) =>
  chooseContext(of(name), asked, { current, servers: new Map(Object.entries(servers)) });

const known = { 'kind-coped': LOCAL, minikube: LOCAL, 'coped-production': FAR, 'coped-staging': FAR };

test.each([
  ['the current context, if it is local', 'development', undefined, 'minikube', 'minikube'],
  [
    'our own cluster, if the current one is not local',
    'development',
    undefined,
    'coped-production',
    'kind-coped',
  ],
  ['the one that was named', 'development', 'minikube', 'kind-coped', 'minikube'],
  ['the pinned one, whatever is current', 'production', undefined, 'kind-coped', 'coped-production'],
  ['the pinned one, named', 'staging', 'coped-staging', 'coped-production', 'coped-staging'],
])('chooses %s', (_, name, asked, current, expected) => {
  expect(choose(name, asked, current, known)).toBe(expected);
});

test.each([
  ['development on a real cluster', 'development', 'coped-production', known, /is not one of kind/],
  ['a local name that leads far away', 'development', 'minikube', { minikube: FAR }, /not on this machine/],
  [
    'a context that is not pinned',
    'production',
    'coped-staging',
    known,
    /is not a context of production \(allowed: coped-production\)/,
  ],
  [
    'a pinned context that kubectl does not know',
    'production',
    undefined,
    { x: FAR },
    /has no context named/,
  ],
  [
    'a pinned context that kubectl does not know, named',
    'production',
    'coped-production',
    {},
    /has no context named/,
  ],
  [
    'a context without its cluster, which kubectl would look for at localhost:8080',
    'production',
    undefined,
    { 'coped-production': '' },
    /has the context "coped-production", but not the cluster that it names/,
  ],
  ['the same of this machine', 'development', 'minikube', { minikube: '' }, /but not the cluster that it/],
])('refuses %s', (_, name, asked, servers, message) => {
  const attempt = () => choose(name, asked, 'x', servers as Record<string, string>);
  expect(attempt).toThrow(message);
  expect(attempt).toThrow(RefusedError);
});

test.each([
  ['leads elsewhere', { x: FAR }, /"x" is not a local cluster/],
  ['is in no file', {}, /"x" is not in kubectl's configuration/],
])('where the current context %s, a local environment is not up', (_, servers, message) => {
  const attempt = () => choose('development', undefined, 'x', servers);
  expect(attempt).toThrow(message);
  expect(attempt).toThrow(NotUpError);
});

test('refuses to choose between two pinned contexts', () => {
  const environment = { ...of('production'), contexts: ['a', 'b'] } as ReturnType<typeof of>;
  const servers = new Map([
    ['a', FAR],
    ['b', FAR],
  ]);
  expect(() => chooseContext(environment, undefined, { servers })).toThrow('several contexts: a, b');
  expect(chooseContext(environment, 'b', { servers })).toBe('b');
});

const folder = temporaryFolder();

test.each([
  ['nothing', [], undefined],
  ['a configuration', ['there'], undefined],
  ['one of two that is there', ['absent', 'there'], [['absent (there is no such file)'], false]],
  [
    'a folder and an empty file',
    ['folder', 'empty'],
    [['folder (it is a folder)', 'empty (it is empty)'], true],
  ],
])('of a KUBECONFIG that names %s, it says what kubectl gets nothing from', (_, files, expected) => {
  mkdirSync(folder('folder'));
  writeFileSync(folder('empty'), '');
  writeFileSync(folder('there'), 'kind: Config\n');
  const unread = unreadConfigurations(files.map((file) => folder(file)).join(delimiter));
  const names = unread?.files.map((file) => file.replace(/^.*\//, ''));
  expect(unread && [names, unread.all]).toEqual(expected);
});
