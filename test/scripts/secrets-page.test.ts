import { parseEnvironments } from '../../rules/environments';
import { section } from '../../scripts/docs/secrets';
import { change, named } from '../support';

const pageOf = (environment: object) => parseEnvironments([environment]).map(section).join('');

test('a random value goes straight into a Secret of one key', () => {
  expect(pageOf(named('production'))).toContain(
    "openssl rand -hex 32 | tr -d '\\n' | k create secret generic django --from-file=secret-key=/dev/stdin\n",
  );
});

test('names what cert-manager creates, or how to create it without', () => {
  expect(pageOf(named('production'))).toContain(
    'cert-manager creates `elasticsearch-ca`, `elasticsearch-tls`, `ingress-tls`',
  );

  const page = pageOf(change(named('production'), 'certificates', { source: 'existing' }));
  expect(page).not.toContain('cert-manager');
  expect(page).toContain('k create secret tls ingress-tls --cert=tls.crt --key=tls.key\n');
  expect(page).toContain(
    'k create secret generic elasticsearch-tls --from-file=tls.crt --from-file=tls.key --from-file=ca.crt\n',
  );
});
