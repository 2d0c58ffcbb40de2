import { summary } from './causes';
import { type Problem, withoutSecrets } from './problem';

/** Thrown once, with every problem of every environment. */
export class Problems extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const shown = problems.map(withoutSecrets);
    const { count, texts } = summary(shown);
    super(
      `${count === 1 ? '1 problem' : `${count} problems`}; nothing was written.\n\n${texts.join('\n')}\n`,
    );
    this.name = 'Problems';
    this.problems = shown;
  }
}
