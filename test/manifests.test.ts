import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../lib/environments';
import { filesOf } from '../lib/output/files';
import { localIngressController } from '../local/traefik';
import { synthesize } from '../rules/synthesize';
import { manifestsOf } from './support';

const folders = [...synthesize(environments), { name: 'local', files: filesOf(localIngressController()) }];

// dist/ is the golden copy that reviewers read.
describe.each(
  folders,
)('dist/$name is what the sources give; if not, run `npm run synth` and read `git diff dist`', ({
  name,
  files,
}) => {
  const folder = join(__dirname, '..', 'dist', name);

  test('holds exactly the files that are synthesized', () => {
    expect(readdirSync(folder).sort()).toEqual(files.map((file) => file.name));
  });

  test.each(files)('$name', (file) => {
    expect(readFileSync(join(folder, file.name), 'utf8')).toBe(file.text);
  });
});

test('dist holds nothing else', () => {
  expect(readdirSync(join(__dirname, '..', 'dist')).sort()).toEqual(folders.map(({ name }) => name).sort());
});

test('synthesizing twice gives the same bytes', () => {
  const text = () => synthesize(environments).flatMap(({ files }) => files.map((file) => file.text));
  expect(text()).toEqual(text());
});

// Kubernetes finds a volume by these names: a renamed StatefulSet or claim starts empty, and no pod uses the old volume. A
// line may be added; change one only together with a plan for its data.
test.each(environments)('$name keeps the names of everything that has data', (environment) => {
  const names = manifestsOf(environment).flatMap(({ kind, metadata: { name }, spec }) => {
    if (kind === 'PersistentVolumeClaim') return [`${kind}/${name}`];
    if (kind !== 'StatefulSet') return [];
    const claims = spec.volumeClaimTemplates.map(
      (claim: { metadata: { name: string } }) => claim.metadata.name,
    );
    const selector = Object.entries(spec.selector.matchLabels).map((pair) => pair.join('='));
    return [`${kind}/${name} claims ${claims}, serviceName ${spec.serviceName}, selector ${selector}`];
  });
  expect(names.sort()).toMatchSnapshot();
});
