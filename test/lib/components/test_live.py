"""What a laptop's server does with code that is edited: lib/components/django/live.py, in a process for each test."""

import json
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

LIVE = Path(__file__).parents[3] / "lib" / "components" / "django"

# Python that has live.py, with /app and /tmp in a folder of the test.
PREPARED = """
import json, os, sys, time
sys.path[:0] = [{live!r}, os.getcwd()]
sys.dont_write_bytecode = True
import live
live.STATES = {states!r}
live.LIBRARIES = live.STATES + "/libraries"
def ask(agent="Mozilla/5.0"):
    answer = []
    body = served({{"PATH_INFO": "/", "HTTP_USER_AGENT": agent}}, lambda status, headers: answer.append(status))
    return [answer[0], b"".join(body).decode()]
def state():
    return live.state_of(os.getpid())
"""

SERVING = 'def application(environ, start):\n    start("200 OK", [])\n    return [b"new"]\n'


class Live(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="coped-live-")
        self.addCleanup(folder.cleanup)
        self.app = Path(folder.name).resolve() / "app"
        self.app.mkdir()

    def save(self, path, text):
        (self.app / path).parent.mkdir(parents=True, exist_ok=True)
        (self.app / path).write_text(text)

    def python(self, program):
        prepared = PREPARED.format(live=str(LIVE), states=str(self.app.parent / "states"))
        return subprocess.Popen(  # noqa: S603 - the programs are here
            [sys.executable, "-c", prepared + program],
            cwd=self.app,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def said(self, program):
        """What a program prints as JSON, and what it complains about."""
        output, errors = self.python(program).communicate(timeout=20)
        self.assertNotEqual(output, "", errors)
        return json.loads(output), errors

    def test_serves_an_application_and_says_which_code_it_has_loaded(self):
        self.save("served.py", SERVING)
        said, _ = self.said("""
served = live.application("served:application")
print(json.dumps([ask(), state()["version"] == live.version(), state()["error"]]))""")
        self.assertEqual(said, [["200 OK", "new"], True, None])

    def test_shows_an_error_and_stays_healthy_so_that_the_next_save_can_arrive(self):
        for text, message, line in [
            ("x = (\n", r"SyntaxError: '\(' was never closed.*", 1),
            ("import os\nnothing\n", "NameError: name 'nothing' is not defined", 2),
            ('import sys\nsys.exit("bad")\n', "SystemExit: bad", 2),
        ]:
            with self.subTest(message):
                self.save("broken.py", text)
                self.save("served.py", f"import broken\n{SERVING}")
                (page, probe, error), errors = self.said("""
served = live.application("served:application")
print(json.dumps([ask(), ask("kube-probe/1.35"), state()["error"]]))""")
                self.assertEqual(page[0], "500 Internal Server Error")
                self.assertRegex(page[1], message)
                self.assertEqual(probe, ["200 OK", ""])
                self.assertRegex(error.pop("text"), f"^{message}$")
                self.assertEqual(error, {"file": "broken.py", "line": line})
                self.assertRegex(errors, message)

    def test_code_is_another_after_a_change_of_what_python_reads_once_and_after_no_other(self):
        for path in ["projects/views.py", "projects/templates/a.html", "projects/static/a.css"]:
            self.save(path, "a")
        said, _ = self.said("""
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
print(json.dumps([same, len(set(versions)) - same]))""")
        self.assertEqual(said, [1, 7])

    def test_what_is_saved_while_it_loads_is_not_missed_the_process_ends_to_be_started_again(self):
        self.save("served.py", f'import time\nopen("loading", "w").close()\ntime.sleep(0.5)\n{SERVING}')
        child = self.python('served = live.application("served:application")\ntime.sleep(30)')
        while not (self.app / "loading").exists() and child.poll() is None:
            time.sleep(0.01)
        self.save("late.py", "x")
        child.communicate(timeout=10)

    def test_the_master_keeps_the_libraries_that_a_worker_has_imported_and_nothing_of_our_own_code(self):
        self.save("own.py", "")
        self.save("served.py", f"import own, colorsys\n{SERVING}")
        said, _ = self.said("""
if os.fork() == 0:
    live.application("served:application"); os._exit(0)
os.wait()
os.environ["DJANGO_SETTINGS_MODULE"] = "own"
live.pre_fork(None, None)
print(json.dumps(["colorsys" in sys.modules, "own" in sys.modules, os.environ["DJANGO_SETTINGS_MODULE"]]))""")
        self.assertEqual(said, [True, False, "own"])
