import type { Application, Variables } from '../../application';
import type { RotationKey, SecretKey } from '../../kubernetes/secret-key';
import { SECRETS_PATH } from '../../kubernetes/volumes';

/** What a container of the application is given for one of the database's roles. */
export interface Given {
  readonly variables: Readonly<Record<string, string>>;
  /** File in SECRETS_PATH → where its content is kept. */
  readonly files: Readonly<Record<string, SecretKey | RotationKey>>;
}

/**
 * Variables for one role: secrets become files, and `SQL_PASSWORD` becomes `SQL_PASSWORD_FILE`, with
 * `SQL_PASSWORD_FROM` for the message that refuses the value, and `…_PREVIOUS_FILE` for the time of a rotation.
 */
export function given(
  variables: Variables,
  { secrets: delivery, rotates }: Pick<Application, 'secrets' | 'rotates'>,
  realSecrets: boolean,
): Given {
  const entries = Object.entries(variables);
  const secrets = entries.flatMap(([name, value]) =>
    typeof value === 'string' ? [] : [[name, value] as const],
  );
  // A laptop's secrets are in Git: there is nothing to change.
  const rotated =
    realSecrets && rotates === 'without a gap'
      ? secrets.flatMap(([name, { rotation = [] }]) =>
          rotation.map((key) => [rotationName(name, key), key] as const),
        )
      : [];
  const files = [...secrets, ...rotated].map(([name, key]) => ({ name, key, file: fileOf(name, key) }));
  return {
    variables: {
      ...Object.fromEntries(
        entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      ),
      ...Object.fromEntries(files.map(({ name, file }) => [`${name}_FILE`, `${SECRETS_PATH}/${file}`])),
      ...Object.fromEntries(
        secrets
          .filter(([, { rotation }]) => rotation && delivery === 'files')
          .map(([name, key]) => [`${name}_FROM`, described(key)]),
      ),
    },
    files: Object.fromEntries(files.map(({ file, key }) => [file, key])),
  };
}

/** What is the same for every role stands in the ConfigMap, what differs in the container. */
export function divided(roles: readonly Given[]): {
  common: Record<string, string>;
  own: Record<string, string>[];
} {
  const isCommon = ([name, value]: [string, string]) =>
    roles.every(({ variables }) => variables[name] === value);
  return {
    common: Object.fromEntries(Object.entries(roles[0]?.variables ?? {}).filter(isCommon)),
    own: roles.map(({ variables }) =>
      Object.fromEntries(Object.entries(variables).filter((entry) => !isCommon(entry))),
    ),
  };
}

/** `SQL_PASSWORD` and its key `previous-password`: `SQL_PASSWORD_PREVIOUS` */
const rotationName = (name: string, { key }: RotationKey): string =>
  `${name}_${key.startsWith('next-') ? 'NEXT' : 'PREVIOUS'}`;

/** `SQL_PASSWORD_PREVIOUS` is in the file `previous-sql-password`. */
const fileOf = (name: string, { file }: SecretKey): string =>
  file ??
  name
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/^(.*)-(next|previous)$/, '$2-$1');

/** The variable whose secret is in a file that is named after it. */
export const variableOf = (file: string): string => file.toUpperCase().replaceAll('-', '_');

/** Where a secret is kept, for the message that refuses it. */
const described = ({ secret, key }: SecretKey): string => `Secret ${secret}, key ${key}`;
