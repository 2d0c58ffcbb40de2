import { sourcesIn } from '../../../cli/dev/sources';
import { folderWith } from './folders';

const [django, dashboards] = sourcesIn(
  folderWith({
    'app/django/.dockerignore': '.*\nstatic\n*.in\n**/__pycache__\n',
    'app/dashboards/.dockerignore': 'tests\nnotebooks/drafts\n',
  }),
);

test.each([
  ['projects/views.py', false],
  ['projects/static/projects/coped.css', false],
  ['projects/templates/base.html', false],
  ['static/admin.css', true],
  ['requirements.in', true],
  ['.env', true],
  ['projects/__pycache__/views.cpython-313.pyc', true],
  ['projects/views.pyc', true],
  ['projects/.views.py.swp', true],
  ['projects/4913', true],
  ['projects/views.py~', true],
  ['projects/.#views.py', true],
  ['projects/#views.py#', true],
  ['projects/views.py___jb_tmp___', true],
  ['projects/.goutputstream-X1Y2Z3', true],
  ['projects/.DS_Store', true],
  ['projects/.git/config', true],
  ['projects/.gitignored.py', false],
])('of %s a pod has no copy: %s', (path, isIgnored) => {
  expect(django?.ignores(path)).toBe(isIgnored);
});

test('lines of a .dockerignore count from the folder that the image is built from', () => {
  expect(dashboards?.ignores('drafts/half.ipynb')).toBe(true);
  expect(dashboards?.ignores('projects.ipynb')).toBe(false);
  expect(dashboards?.ignores('.ipynb_checkpoints/projects.ipynb')).toBe(true);
});
