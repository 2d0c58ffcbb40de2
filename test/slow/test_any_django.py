"""What the command line runs in a pod of Django knows no application: here it runs in the project that Django makes.

Started by `npm run test:application`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import TestCase

CLI = Path(__file__).resolve().parents[2] / "cli"


class AnyDjangoTest(TestCase):
    def setUp(self):
        self.folder = self.enterContext(TemporaryDirectory())
        self.python("-m", "django", "startproject", "shop", ".")
        self.python("manage.py", "migrate")

    def python(self, *words, **variables):
        environment = {"PATH": os.environ["PATH"], **variables}
        options = {"cwd": self.folder, "env": environment, "capture_output": True, "text": True, "check": False}
        result = subprocess.run([sys.executable, *words], **options)  # noqa: S603
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout

    def shell(self, program, **variables):
        return self.python("manage.py", "shell", "--command", program, **variables)

    def drill(self, program, **variables):
        texts = [(CLI / "drill" / name).read_text() for name in ("row.py", program)]
        return self.shell("".join(texts), **variables)

    def write(self, label, count):
        self.drill("rows.py", DRILL_LABEL=label, DRILL_COUNT=str(count))

    def ask(self, *path, **variables):
        return json.loads(self.shell(CLI.joinpath(*path).read_text(), **variables).splitlines()[-1])

    def digest(self):
        return json.loads(self.drill("digest.py", DRILL_LABEL="before").splitlines()[-1])

    def test_the_drill_notices_what_is_lost_or_changed(self):
        # It needs nothing of Django's own applications either.
        settings = Path(self.folder, "shop", "settings.py")
        settings.write_text(settings.read_text() + "\nINSTALLED_APPS = []\n")
        self.drill("table.py")
        self.write("before", 3)
        whole = self.digest()
        self.assertEqual(whole["rows"], 3)
        self.write("after", 2)
        self.assertEqual(self.digest(), whole)
        change = (CLI / "drill" / "row.py").read_text() + "row = Row.objects.first(); "
        self.shell(change + "row.text = row.text.replace('\\t', ' '); row.save()")
        changed = self.digest()
        self.assertEqual(changed["rows"], 3)
        self.assertNotEqual(changed["checksum"], whole["checksum"])
        self.shell(change + "row.delete()")
        self.assertEqual(self.digest()["rows"], 2)

    def test_a_restore_compares_the_database_that_it_names(self):
        def schema(name):
            return self.ask("restore", "scripts", "schema.py", COPED_DATABASE=f"{self.folder}/{name}")

        self.assertEqual(schema("db.sqlite3"), {"pending": [], "unknown": []})
        self.assertIn("auth.0001_initial", schema("another.sqlite3")["pending"])
