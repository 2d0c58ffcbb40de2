import { join, resolve } from 'node:path';

// The cdk8s command line deletes its output before it starts the program, so a failure has to say where the files are. Imported before
// everything else, because an import may be what fails.
const { CDK8S_OUTDIR } = process.env;

if (CDK8S_OUTDIR && resolve(CDK8S_OUTDIR) === join(__dirname, '..', '..', 'dist')) {
  process.on('exit', (code) => {
    if (code === 0) return;
    console.error(
      'The cdk8s command line has deleted dist/ before it began: `git restore dist` brings it back.\n' +
        '`npm run synth` does the same work, and leaves dist/ as it is when something is wrong.\n',
    );
  });
}
