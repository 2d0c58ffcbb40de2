import type { Through } from './in-process';

/** Does something once, as soon as a program is run with such arguments; the program runs meanwhile. */
export function when(line: RegExp, through: Through, happens: () => unknown): Through {
  let happened = false;
  return (execute) => {
    const inner = through(execute);
    return (program, args, options) => {
      const ended = inner(program, args, options);
      if (!happened && line.test(`${args.join(' ')} `)) {
        happened = true;
        happens();
      }
      return ended;
    };
  };
}
