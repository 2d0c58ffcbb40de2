/** The scripts of package.json that `npm run test:slow` runs, one after the other. */
export const PARTS = ['test:thorough', 'test:python', 'test:application', 'mutate'] as const;
