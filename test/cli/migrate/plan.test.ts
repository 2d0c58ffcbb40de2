import { plannedIn } from '../../../cli/migrate/plan';

test('several migrations with what they do', () => {
  const output = `Planned operations:
contenttypes.0001_initial
    Create model ContentType
    Alter unique_together for contenttype (1 constraint(s))
auth.0001_initial
    Create model Permission
`;
  expect(plannedIn(output)).toEqual([
    {
      name: 'contenttypes.0001_initial',
      operations: ['Create model ContentType', 'Alter unique_together for contenttype (1 constraint(s))'],
    },
    { name: 'auth.0001_initial', operations: ['Create model Permission'] },
  ]);
});

test.each([
  'Planned operations:\n  No planned migration operations.\n',
  'Planned operations:\r\n  No planned migration operations.\r\n',
])('none', (output) => expect(plannedIn(output)).toEqual([]));

test.each(['', 'OperationalError', 'Applying projects.0002... OK'])('%j is no plan', (output) =>
  expect(plannedIn(output)).toBeUndefined());
