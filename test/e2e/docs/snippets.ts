import { spawnSync } from 'node:child_process';

/** A command as a page gives it. */
export interface Command {
  readonly page: string;
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** What is pasted at once: a block, or one command in the text. */
export type Snippet = readonly Command[];

/** How a command begins. */
const PROGRAMS = [
  'npx npm node coped git python\\S* pip uv',
  'k kubectl docker docker-compose podman buildah kind minikube helm argocd flux cosign',
  'bash sh make openssl curl wget sudo apt apt-get brew go',
]
  .join(' ')
  .replaceAll(' ', '|');
const COMMAND = new RegExp(`^((${PROGRAMS}) |\\.ci/)\\S`);
/** The name of a subcommand, or a pattern for commands. */
const MENTION = /^kubectl ((config|rollout) )?[a-z-]+( -f| namespace)?$|^(git|docker|coped) [a-z]+$|…$/;

/** Every command of a page: from blocks of shell, from lines after a prompt, and from the text. */
export function snippetsOf(page: string, markdown: string): Snippet[] {
  const snippets: Snippet[] = [];
  const text = markdown.replace(
    /^( *)```(\S*)\n(.*?)^ *```$/gms,
    (whole, indent: string, language: string, inside: string, offset: number) => {
      const block = inside.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
      const first = lineAt(markdown, offset) + 1;
      snippets.push(language === 'sh' ? pasted(page, first, block) : prompted(page, first, block));
      return whole.replaceAll(/[^\n]/g, ' ');
    },
  );
  for (const { index, 1: code = '' } of text.matchAll(/(?<!`)`((?:[^`\n]|\n(?!\s*\n))+)`(?!`)/g)) {
    const command = code.replaceAll(/\s+/g, ' ');
    if (!COMMAND.test(command) || MENTION.test(command)) continue;
    snippets.push([{ page, line: lineAt(text, index), text: command }]);
  }
  return snippets.filter(({ length }) => length > 0);
}

const pasted = (page: string, first: number, block: string): Snippet =>
  statementsOf(block).map(({ text, line }) => ({ page, line: first + line, text }));

const prompted = (page: string, first: number, block: string): Snippet =>
  block
    .split('\n')
    .flatMap((text, line) =>
      text.startsWith('$ ') ? [{ page, line: first + line, text: text.slice(2) }] : [],
    );

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** One statement of a shell block: a line, or several that belong together. */
interface Statement {
  /** Without the comment behind it. */
  readonly text: string;
  /** Counted from 0. */
  readonly line: number;
}

/** Splits a block as a shell would: bash itself says where a statement is complete. */
function statementsOf(block: string): Statement[] {
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
