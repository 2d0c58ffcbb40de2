import { type Result, table } from '../e2e/network/table';
import type { Verdict } from '../e2e/network/verdict';

const peer = { address: '' };
const result = (from: string, to: string, port: number, connects: boolean, verdict: Verdict): Result => ({
  source: { name: from, namespace: 'n', pod: from, address: '', node: '', peer },
  target: {
    name: to,
    port,
    address: '',
    protocol: 'TCP',
    kind: verdict === 'control' ? 'outside' : 'probe',
    peer,
  },
  connects,
  verdict,
});

test('rows are sources, columns targets', () => {
  const lines = table(
    [
      result('web', 'postgres', 5432, true, 'right'),
      result('web', 'web', 8000, false, 'right'),
      result('web', 'web', 9300, false, 'right'),
      result('backup', 'postgres', 5432, true, 'right'),
      result('backup', 'postgres', 5432, false, 'broken'),
      result('backup', 'web', 8000, false, 'unproven'),
      result('impostor', 'internet', 443, true, 'control'),
    ],
    ['web:8000', 'postgres:5432', 'api:8000'],
  );
  expect(lines.slice(0, 9).map((line) => line.trim().replace(/ +/g, ' '))).toEqual([
    '1 web:8000',
    '2 postgres:5432',
    '3 any other port',
    '4 internet:443',
    '',
    '1 2 3 4',
    'web · yes ·',
    'backup ? !',
    'impostor (yes)',
  ]);
});
