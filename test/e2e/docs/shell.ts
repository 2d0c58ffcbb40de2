import { spawnSync } from 'node:child_process';

/** One statement of a shell block: a line, or several that belong together. */
export interface Statement {
  /** Without the comment behind it. */
  readonly text: string;
  /** Counted from 0. */
  readonly line: number;
}

/** Splits a block as a shell would: bash itself says where a statement is complete. */
export function statementsOf(block: string): Statement[] {
  const statements: Statement[] = [];
  let open: { text: string; line: number } | undefined;
  for (const [line, text] of block.split('\n').entries()) {
    const before = open?.text;
    if (before === undefined && /^\s*(#|$)/.test(text)) continue;
    open = { text: before === undefined ? text : `${before}\n${text}`, line: open?.line ?? line };
    if (!isComplete(open.text)) continue;
    statements.push({ text: open.text.replace(/\s+#\s.*$/, '').trim(), line: open.line });
    open = undefined;
  }
  if (open) throw new Error(`this is not complete for a shell:\n${open.text}`);
  return statements;
}

function isComplete(text: string): boolean {
  if (text.endsWith('\\')) return false;
  // `<name>` stands for a name.
  const input = text.replace(/<[a-z-]+>/g, 'name');
  const { status, stderr, error } = spawnSync('bash', ['-n'], { input, encoding: 'utf8' });
  if (error) throw error;
  return status === 0 && !stderr.includes('here-document');
}
