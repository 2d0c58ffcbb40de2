import { randomBytes } from 'node:crypto';
import type { Kubectl } from '../../../cli/cluster/kubectl';

/** Django reads the password from the environment; it gets there through standard input, past every process list. */
const CREATE = `
read -r DJANGO_SUPERUSER_PASSWORD
export DJANGO_SUPERUSER_PASSWORD
python manage.py createsuperuser --noinput --username "$1" --email "$1@example.org"
`;

/** Makes a user who may do everything, and returns the header that proves to be that user. */
export async function createUser(kubectl: Kubectl): Promise<Record<string, string>> {
  const name = `e2e-${Date.now().toString(36)}`;
  const password = randomBytes(16).toString('hex');
  const target = ['deployment/web', '--container=web'];
  await kubectl.run(['exec', '--stdin', ...target, '--', 'sh', '-euc', CREATE, 'create', name], {
    input: `${password}\n`,
  });
  return credentials(name, password);
}

export const credentials = (name: string, password: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});
