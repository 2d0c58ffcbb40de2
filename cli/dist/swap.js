// Puts new folders in the places of others: node swap.js [target aside replacement]…
// A process of its own, because between the two renames there is neither: whatever ends the one that wrote, this one goes on.
const { renameSync } = require('node:fs');

/** Whether it could be renamed; `codes` are the reasons for which it may fail. */
function renamed(from, to, codes) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (codes.includes(error.code)) return false;
    throw error;
  }
}

const words = process.argv.slice(2);
while (words.length > 0) {
  const [target, aside, replacement] = words.splice(0, 3);
  // Another process may have put its own there meanwhile: then that is what is replaced.
  for (let turn = 0; ; turn++) {
    const old = renamed(target, `${aside}.${turn}`, ['ENOENT']);
    try {
      if (renamed(replacement, target, ['ENOTEMPTY', 'EEXIST'])) break;
    } catch (error) {
      if (old) renameSync(`${aside}.${turn}`, target);
      throw error;
    }
  }
}
