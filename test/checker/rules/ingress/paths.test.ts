import type { Json } from '../../../../checker/manifests/manifest';
import { paths } from '../../../../checker/rules/ingress/paths';
import { softwareNeeds } from '../../../../checker/rules/software/software-needs';
import { manifestsOf, named } from '../../../support';
import { found, good } from '../../fixture';

const production = manifestsOf(named('production'));

function after(change: (paths: Json[]) => void) {
  const manifests = structuredClone(production);
  change(manifests.find(({ kind }) => kind === 'Ingress')?.spec.rules[0].http.paths);
  return found(paths, { ...good(), software: softwareNeeds, manifests }).map(([, value, wrong]) => [
    value,
    wrong,
  ]);
}

test('finds nothing in what is written', () => {
  expect(after(() => {})).toEqual([]);
});

test('finds two paths that lead to one another’s program', () => {
  const findings = after(([web, api]) => {
    [web.backend, api.backend] = [api.backend, web.backend];
  });
  expect(findings).toEqual([
    [{ path: '/', pathType: 'Prefix' }, 'is not where api answers'],
    [{ path: '/api/', pathType: 'Prefix' }, 'is not where web answers'],
  ]);
});

test.each([{ path: '/apis/' }, { pathType: 'Exact' }])('finds %j', (change) => {
  expect(after(([, api]) => Object.assign(api, change))).toEqual([
    [{ path: '/api/', pathType: 'Prefix', ...change }, 'is not where api answers'],
  ]);
});
