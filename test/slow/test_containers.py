"""The programs read what the containers in dist/ give them: each variable, each file of a Secret, and nothing else.

Started by `npm run test:application`, in app/django; the file that CONTAINERS names is made from dist/.
"""

import json
import os
import re
import runpy
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import TestCase
from unittest.mock import patch

from django.core.exceptions import ImproperlyConfigured

from coped import credentials

CONTAINERS = json.loads(Path(os.environ["CONTAINERS"]).read_text())
DJANGO = [each for each in CONTAINERS if re.search(r"\bmanage\.py|\bcoped\.|--app=coped ", each["command"])]
DASHBOARDS = [each for each in CONTAINERS if "voila" in each["command"]]

# What no environment sets: the default is right everywhere.
DEFAULTS = {"DASHBOARDS_URL", "ELASTIC_TLS", "REDIS_HOST", "SQL_SSLMODE", "TRUSTED_PROXIES"}
# Paths of files that only some containers have; each file that there is must be read.
OPTIONAL = re.compile("_(PREVIOUS|NEXT|CA)$")
GOOD = "5f0c1e7ab94d28365f0c1e7ab94d28365f0c1e7ab94d28365f0c"


class Environment(dict):
    """Environment variables that remember which of them were asked for."""

    def __init__(self, variables):
        super().__init__(variables)
        self.read = set()

    def get(self, name, default=None):
        self.read.add(name)
        return super().get(name, default)

    def __getitem__(self, name):
        self.read.add(name)
        return super().__getitem__(name)


def load(container, program, fake=None, **override):
    """The settings of a program in this container, and the names of the variables that it read. The variable `fake`
    leads to a secret that must not be accepted."""
    with TemporaryDirectory() as directory:
        variables = dict(container["variables"])
        for number, file in enumerate(container["files"]):
            path = Path(directory, str(number))
            names = [name for name, value in variables.items() if value == file]
            path.write_text("fake-" + GOOD if fake in names else GOOD)
            variables.update(dict.fromkeys(names, str(path)))
        environment = Environment({**variables, **override})
        with patch("os.environ", environment):
            return program(), environment.read


def django():
    settings = runpy.run_path("coped/settings.py")
    # Read at each connection.
    credentials.candidates("SQL_PASSWORD")
    credentials.candidates("ELASTIC_PASSWORD")
    if settings["REDIS_HOST"]:
        credentials.setting("REDIS_PASSWORD")
    return settings


def dashboards():
    kernel = Path("../dashboards/voila/kernels/python3/kernel.json").read_text()
    for name in re.findall(r"\$\{(\w+)", kernel):
        os.environ.get(name)
    return runpy.run_path("../dashboards/notebooks/coped_api.py")


def setting(name):
    return re.sub("(_FILE)+$", "", name)


def unread_or_missing(container, read):
    given = container["variables"]
    return [
        *(f"nothing reads {name}" for name in sorted(given.keys() - read)),
        *(f"nothing reads the file {file}" for file in container["files"] if file not in given.values()),
        *(
            f"{name} is not set"
            for name in sorted({*map(setting, read)} - {*map(setting, given)} - DEFAULTS)
            if not OPTIONAL.search(name)
        ),
    ]


def faults(container):
    """What is wrong with the variables of a container that runs Django."""
    try:
        settings, read = load(container, django)
    except ImproperlyConfigured as error:
        return [str(error)]
    found = []
    if container["hosted"] and (settings["DEBUG"] or re.search(r"\*|(^| )\.", " ".join(settings["ALLOWED_HOSTS"]))):
        found.append("DEBUG, or a wildcard in DJANGO_ALLOWED_HOSTS")
    database, role = settings["DATABASES"]["default"], container["variables"].get("SQL_PASSWORD_FROM", "")
    if database["ENGINE"] != "coped.postgresql":
        found.append("not the database whose password may change")
    if role and f"Secret postgres-{database['USER'].removeprefix('coped_')}, key password" != role:
        found.append(f"{database['USER']} has the password of another role: {role}")
    for name, value in container["variables"].items():
        if value not in container["files"] or OPTIONAL.search(setting(name)):
            continue
        try:
            load(container, django, fake=name, **({} if container["hosted"] else {"REQUIRE_REAL_SECRETS": "1"}))
            found.append(f"a fake secret is accepted: {name}")
        except ImproperlyConfigured:
            # The message that refuses it says where it is from.
            read.add(f"{setting(name)}_FROM")
    return [*found, *unread_or_missing(container, read)]


class ContainersTest(TestCase):
    def test_django_reads_what_it_is_given(self):
        self.assertGreater(len(DJANGO), 12)
        for container in DJANGO:
            with self.subTest(container["name"]):
                self.assertEqual(faults(container), [])

    def test_the_dashboards_read_what_they_are_given(self):
        self.assertGreater(len(DASHBOARDS), 2)
        for container in DASHBOARDS:
            with self.subTest(container["name"]):
                _, read = load(container, dashboards)
                self.assertEqual(unread_or_missing(container, read), [])


class FaultsTest(TestCase):
    """The comparison above finds what it is there for."""

    def faults(self, file=None, **change):
        container = next(each for each in DJANGO if each["hosted"])
        variables = {**container["variables"], **change}
        return faults(
            {
                **container,
                "variables": {name: value for name, value in variables.items() if value is not None},
                "files": [*container["files"], *([file] if file else [])],
            }
        )

    def test_a_missing_variable(self):
        self.assertIn("SQL_HOST is not set", self.faults(SQL_HOST=None)[0])
        self.assertIn("SECRET_KEY is not set", self.faults(SECRET_KEY_FILE=None)[0])

    def test_a_missing_variable_that_has_a_default(self):
        self.assertEqual(self.faults(ELASTIC_PORT=None), ["ELASTIC_PORT is not set"])
        self.assertEqual(self.faults(SECRET_KEY_FROM=None), ["SECRET_KEY_FROM is not set"])

    def test_a_misspelt_variable(self):
        self.assertEqual(self.faults(SQL_PORT=None, SQL_PROT="5432"), ["nothing reads SQL_PROT", "SQL_PORT is not set"])
        self.assertIn("cannot be read", self.faults(SQL_PASSWORD_FILE="/run/secrets/coped/sql-pasword")[0])

    def test_a_variable_that_nothing_reads(self):
        self.assertEqual(self.faults(REDIS_URL="redis://redis"), ["nothing reads REDIS_URL"])

    def test_a_file_that_nothing_reads(self):
        self.assertEqual(self.faults("/run/secrets/coped/token"), ["nothing reads the file /run/secrets/coped/token"])

    def test_what_must_not_be_public(self):
        for change in {"DEBUG": "1"}, {"DJANGO_ALLOWED_HOSTS": "*"}, {"DJANGO_ALLOWED_HOSTS": "web .example.org"}:
            self.assertEqual(self.faults(**change), ["DEBUG, or a wildcard in DJANGO_ALLOWED_HOSTS"])

    def test_another_database_or_role(self):
        self.assertEqual(
            self.faults(SQL_ENGINE="django.db.backends.sqlite3"), ["not the database whose password may change"]
        )
        self.assertIn("coped_owner has the password of another role", self.faults(SQL_USER="coped_owner")[0])

    def test_fake_secrets(self):
        self.assertIn("a fake secret is accepted: SECRET_KEY_FILE", self.faults(REQUIRE_REAL_SECRETS="0"))
