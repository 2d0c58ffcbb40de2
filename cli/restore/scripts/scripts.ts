import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const text = (...path: string[]): string => readFileSync(join(__dirname, ...path), 'utf8');
/** A script for the restore's pod; it can log in to PostgreSQL. */
const script = (name: string): string => text('login.sh') + text(name);

// What runs in pods. Read when it is needed: most commands need none.
export const reachedScript = (): string => text('reached.sh');
export const sqlScript = (): string => script('sql.sh');
export const fillScript = (): string => script('fill.sh');
export const swapScript = (): string => script('swap.sh');
export const schemaProgram = (): string => text('schema.py');
/** What the release itself says of rights. */
export const rightsSql = (): string => text('..', '..', '..', 'lib', 'components', 'postgres', 'rights.sql');
