import { spawnSync } from 'node:child_process';

/** One statement of a shell block: a line, or several that belong together. */
export interface Statement {
  /** Without the remark behind it. */
  readonly text: string;
  /** Counted from 0. */
  readonly line: number;
  /** The remark behind it, and the lines of remarks above it. */
  readonly remarks: string;
}

/** Splits a block as a shell would: bash itself says where a statement is complete. */
export function statementsOf(block: string): Statement[] {
  const statements: Statement[] = [];
  let above: string[] = [];
  let open: { text: string; line: number } | undefined;
  for (const [line, text] of block.split('\n').entries()) {
    const before = open?.text;
    if (before === undefined && text.trim() === '') above = [];
    else if (before === undefined && /^\s*#/.test(text)) {
      if (statements.at(-1)?.line === line - 1) above = [];
      above.push(text);
    } else {
      open = { text: before === undefined ? text : `${before}\n${text}`, line: open?.line ?? line };
      if (!isComplete(open.text)) continue;
      const [, statement = '', remark = ''] = /^(.*?)(?:\s+(#\s.*))?$/s.exec(open.text) ?? [];
      statements.push({ text: statement.trim(), line: open.line, remarks: [...above, remark].join('\n') });
      open = undefined;
    }
  }
  if (open) throw new Error(`no shell would take this for complete:\n${open.text}`);
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
