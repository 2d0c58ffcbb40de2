import os
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from unittest.mock import patch

from django.test import SimpleTestCase, override_settings
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig, Urllib3HttpNode
from psycopg import OperationalError

from coped import credentials
from coped.postgresql.base import DatabaseWrapper
from projects.search import SignedInNode

OLD, NEW = "0ld-5f0c1e7ab94d2836", "new-9a8b34652f1e0c7d"


class CredentialsTest(SimpleTestCase):
    name = "X"

    def setUp(self):
        directory = TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.file, self.previous = Path(directory.name, "current"), Path(directory.name, "previous")
        variables = {f"{self.name}_FILE": str(self.file), f"{self.name}_PREVIOUS_FILE": str(self.previous)}
        self.enterContext(patch.dict(os.environ, variables))
        os.environ.pop(self.name, None)
        self.enterContext(patch.dict(credentials._accepted, clear=True))
        self.file.write_text(f"{OLD}\n")

    def change(self):
        """What the Secret looks like while the password is changed."""
        self.file.write_text(NEW)
        self.previous.write_text(OLD)


class CandidatesTest(CredentialsTest):
    def test_usually_there_is_one(self):
        self.assertEqual(credentials.candidates("X"), [OLD])

    def test_without_the_variable_too(self):
        del os.environ["X_PREVIOUS_FILE"]
        self.assertEqual(credentials.candidates("X"), [OLD])

    def test_during_a_change_the_new_one_comes_first(self):
        self.change()
        self.assertEqual(credentials.candidates("X"), [NEW, OLD])

    def test_unless_the_server_took_the_other_one(self):
        self.change()
        credentials.accepted("X", OLD)
        self.assertEqual(credentials.candidates("X"), [OLD, NEW])

    def test_one_that_is_gone_is_not_tried_again(self):
        credentials.accepted("X", "before")
        self.assertEqual(credentials.candidates("X"), [OLD])

    def knows(self, value):
        return subprocess.run([sys.executable, "-m", "coped.credentials", "X"], input=value, text=True, check=False)

    def test_tells_whether_it_knows_a_value(self):
        self.assertEqual(self.knows(OLD).returncode, 0)
        self.assertEqual(self.knows(NEW).returncode, 3)


class PostgresqlTest(CredentialsTest):
    """The real backend and psycopg's error, without a server."""

    name = "SQL_PASSWORD"

    def setUp(self):
        super().setUp()
        self.server, self.tried, self.renames = OLD, [], 0
        self.database = DatabaseWrapper({"OPTIONS": {}, "TIME_ZONE": None, "NAME": "x", "USER": "x"})
        self.enterContext(patch.object(DatabaseWrapper.Database, "connect", self.answer))

    def answer(self, password, **_):
        self.tried.append(password)
        if self.server is None:
            raise OperationalError("timeout expired", pgconn=SimpleNamespace(used_password=False))
        if password != self.server:
            raise OperationalError("refused", pgconn=SimpleNamespace(used_password=True))
        if self.renames > 0:
            self.renames -= 1
            raise OperationalError('database "x" does not exist', pgconn=SimpleNamespace(used_password=True))
        return "connection"

    def connect(self):
        self.tried.clear()
        self.database.get_new_connection({"password": "as it was at the start"})
        return self.tried

    def test_a_replaced_file_counts_without_a_restart(self):
        self.assertEqual(self.connect(), [OLD])
        self.file.write_text(NEW)
        self.server = NEW
        self.assertEqual(self.connect(), [NEW])

    def test_a_whole_change(self):
        self.assertEqual(self.connect(), [OLD])
        self.change()
        self.assertEqual(self.connect(), [OLD])
        self.server = NEW
        self.assertEqual(self.connect(), [OLD, NEW])
        self.assertEqual(self.connect(), [NEW])
        self.previous.unlink()
        self.assertEqual(self.connect(), [NEW])

    def test_a_pod_that_starts_meanwhile(self):
        self.change()
        self.assertEqual(self.connect(), [NEW, OLD])
        self.assertEqual(self.connect(), [OLD])

    def test_a_server_that_is_away_is_asked_once(self):
        self.change()
        self.server = None
        with self.assertRaisesMessage(OperationalError, "timeout expired"):
            self.connect()
        self.assertEqual(self.tried, [NEW])

    def test_neither_is_accepted(self):
        self.change()
        self.server = "another"
        with self.assertRaisesMessage(OperationalError, "refused"):
            self.connect()
        self.assertEqual(self.tried, [NEW, OLD, NEW, OLD])

    def test_a_database_that_gets_another_ones_name_meanwhile(self):
        self.renames = 1
        self.assertEqual(self.connect(), [OLD, OLD])
        self.assertEqual(self.connect(), [OLD])

    def test_a_database_that_is_not_there(self):
        self.renames = 9
        with self.assertRaisesMessage(OperationalError, "does not exist"):
            self.connect()
        self.assertEqual(self.tried, [OLD, OLD])


@override_settings(ELASTIC_USER="coped_application")
class ElasticsearchTest(CredentialsTest):
    name = "ELASTIC_PASSWORD"

    def setUp(self):
        super().setUp()
        self.server, self.tried, self.renames = OLD, [], 0
        self.node = SignedInNode(NodeConfig("http", "elasticsearch", 9200))
        self.enterContext(patch.object(Urllib3HttpNode, "perform_request", self.answer))

    def answer(self, method, target, body, headers, request_timeout):
        user, _, password = credentials_of(headers)
        self.assertEqual((method, target, body, user), ("POST", "/x", b"{}", "coped_application"))
        self.assertEqual(headers["accept"], "json")
        self.tried.append(password)
        status = 200 if password == self.server else 401
        return SimpleNamespace(meta=ApiResponseMeta(status, "1.1", HttpHeaders(), 0.0, self.node.config))

    def ask(self):
        self.tried.clear()
        answer = self.node.perform_request("POST", "/x", b"{}", HttpHeaders({"accept": "json"}))
        return answer.meta.status, list(self.tried)

    def test_a_whole_change(self):
        self.assertEqual(self.ask(), (200, [OLD]))
        self.change()
        self.assertEqual(self.ask(), (200, [OLD]))
        self.server = NEW
        self.assertEqual(self.ask(), (200, [OLD, NEW]))
        self.assertEqual(self.ask(), (200, [NEW]))
        self.previous.unlink()
        self.assertEqual(self.ask(), (200, [NEW]))

    def test_a_pod_that_starts_meanwhile(self):
        self.change()
        self.assertEqual(self.ask(), (200, [NEW, OLD]))
        self.assertEqual(self.ask(), (200, [OLD]))

    def test_neither_is_accepted(self):
        self.server = "another"
        self.assertEqual(self.ask(), (401, [OLD]))


def credentials_of(headers):
    return b64decode(headers["authorization"].removeprefix("Basic ")).decode().partition(":")
