import fc from 'fast-check';
import { runs } from './counts';

// fast-check, with the number of runs that there is time for.
fc.configureGlobal({ numRuns: runs() });

export { fc };
