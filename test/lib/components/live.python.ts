import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const LIVE = join(__dirname, '..', '..', '..', 'lib', 'components', 'django');

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'coped-live-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

function save(path: string, text: string): void {
  const full = join(folder, 'app', path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}

/** Python that has live.py, with /app and /tmp in a folder of this test. */
const prepared = (program: string) => `
import json, os, sys, time
sys.path[:0] = [${JSON.stringify(LIVE)}, os.getcwd()]
sys.dont_write_bytecode = True
import live
live.STATES = ${JSON.stringify(join(folder, 'states'))}
live.LIBRARIES = live.STATES + "/libraries"
def ask(path):
    answer = []
    body = served({"PATH_INFO": path}, lambda status, headers: answer.append(status))
    return [answer[0], b"".join(body).decode()]
def state():
    return live.state_of(os.getpid())
${program}`;

function python(program: string): { said: unknown; errors: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', prepared(program)], {
    cwd: join(folder, 'app'),
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { said: JSON.parse(stdout || 'null'), errors: stderr, status };
}

const SERVING = 'def application(environ, start):\n    start("200 OK", [])\n    return [b"new"]\n';

describe('live.py', () => {
  test('serves an application, and says which code it has loaded', () => {
    save('served.py', SERVING);
    const { said } = python(`
served = live.application("served:application")
print(json.dumps([ask("/"), state()["version"] == live.version(), state()["error"]]))`);
    expect(said).toEqual([['200 OK', 'new'], true, null]);
  });

  test.each([
    ['a syntax error', 'x = (\n', "SyntaxError: '\\(' was never closed.*", 1],
    ['a name that is not there', 'import os\nnothing\n', "NameError: name 'nothing' is not defined", 2],
    ['settings that end the program', 'import sys\nsys.exit("bad")\n', 'SystemExit: bad', 2],
  ])('shows %s, and stays healthy so that the next save can arrive', (_, text, message, line) => {
    save('broken.py', text);
    save('served.py', `import broken\n${SERVING}`);
    const { said, errors } = python(`
served = live.application("served:application")
print(json.dumps([ask("/"), ask("/livez"), ask("/readyz"), state()["error"]]))`);
    const [page, livez, readyz, error] = said as [string[], string[], string[], object];
    expect(page).toEqual(['500 Internal Server Error', expect.stringMatching(new RegExp(message))]);
    expect([livez, readyz]).toEqual([
      ['200 OK', ''],
      ['200 OK', ''],
    ]);
    expect(error).toEqual({
      text: expect.stringMatching(new RegExp(`^${message}$`)),
      file: 'broken.py',
      line,
    });
    expect(errors).toMatch(new RegExp(message));
  });

  test('code is another after a change of what Python reads once, and after no other', () => {
    save('projects/views.py', 'a');
    save('projects/templates/a.html', 'a');
    save('projects/static/a.css', 'a');
    const { said } = python(`
versions = []
def look():
    versions.append(live.version())
def write(path, text="b"):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w") as file: file.write(text)
    os.replace(path + ".new", path)
    look()
look()
write("projects/templates/a.html")
write("projects/static/a.css")
write("projects/.hidden.py")
write("projects/__pycache__/views.pyc")
same = len(set(versions))
write("projects/views.py")
write("projects/views.py")
write("projects/new.py")
write("projects/templates/tags.py")
write("projects/locale/en.mo")
os.remove("projects/new.py"); look()
os.makedirs("other/templates"); look()
print(json.dumps([same, len(set(versions)) - same]))`);
    expect(said).toEqual([1, 7]);
  });

  test('what is saved while it loads is not missed: the process ends, to be started again', async () => {
    save('served.py', `import time\nopen("loading", "w").close()\ntime.sleep(0.5)\n${SERVING}`);
    const child = spawn(
      'python3',
      ['-c', prepared('served = live.application("served:application")\ntime.sleep(30)')],
      { cwd: join(folder, 'app') },
    );
    const ended = new Promise((resolve) => child.on('close', resolve));
    const began = Date.now();
    while (!read('loading')) await new Promise((resolve) => setTimeout(resolve, 10));
    save('late.py', 'x');
    await ended;
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  test('the master keeps the libraries that a worker has imported, and nothing of our own code', () => {
    save('own.py', '');
    save('served.py', `import own, colorsys\n${SERVING}`);
    const { said } = python(`
import subprocess
if os.fork() == 0:
    live.application("served:application"); os._exit(0)
os.wait()
os.environ["DJANGO_SETTINGS_MODULE"] = "own"
live.pre_fork(None, None)
print(json.dumps(["colorsys" in sys.modules, "own" in sys.modules, os.environ["DJANGO_SETTINGS_MODULE"]]))`);
    expect(said).toEqual([true, false, 'own']);
  });
});

function read(path: string): boolean {
  try {
    readFileSync(join(folder, 'app', path));
    return true;
  } catch {
    return false;
  }
}
