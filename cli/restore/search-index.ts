import type { PodShell } from '../cluster/pod-shell';
import { until } from '../cluster/waiting';
import type { World } from '../world';
import { indexProgram } from './scripts/scripts';

/** Builds the search index anew, and sees that every project can be found. @returns their number */
export async function rebuildIndex({ terminal, signal }: World, django: PodShell): Promise<number> {
  return terminal.step('rebuild the search index', async (step) => {
    await django.run(['python', 'manage.py', 'search_index'], { within: 3600 });
    let rows = 0;
    // Somebody may save a project meanwhile: then the two are counted at different moments.
    const missing = async () => {
      const text = await django.run(['python', 'manage.py', 'shell', '--command', indexProgram()]);
      const counted = JSON.parse(text.trim().split('\n').at(-1) ?? '');
      rows = counted.rows;
      return rows === counted.documents ? undefined : `${counted.documents} documents for ${rows} projects`;
    };
    await until(step, 'the search index', missing, { within: 30, signal });
    return rows;
  });
}
