import os
import runpy
import socket
import threading
import time
from unittest.mock import patch

import psycopg
from django.test import SimpleTestCase

from coped import settings


class SlowDatabaseTest(SimpleTestCase):
    """A busy machine starts a session late: that is no reason to fail a visitor's request, or a migration."""

    def test_a_server_that_answers_after_five_seconds_is_waited_for(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            fields = b"SFATAL\0C57P03\0Mthe machine is busy, I am here now\0\0"
            said = b"E" + (len(fields) + 4).to_bytes(4) + fields
            threading.Thread(target=answer, args=(server, 5, said), daemon=True).start()
            with self.assertRaisesMessage(psycopg.OperationalError, "I am here now"):
                psycopg.connect(
                    host="127.0.0.1",
                    port=server.getsockname()[1],
                    user="coped",
                    sslmode="disable",
                    gssencmode="disable",
                    **settings.DATABASES["default"]["OPTIONS"],
                ).close()


class ServerElsewhereTest(SimpleTestCase):
    """A server that is no pod beside this one is told a password only if it proves who it is."""

    def test_a_server_that_does_not_encrypt_is_refused(self):
        with patch.dict(os.environ, {"SQL_SSLMODE": "verify-full", "SQL_CA_FILE": __file__}):
            options = runpy.run_path(settings.__file__)["DATABASES"]["default"]["OPTIONS"]
        self.assertEqual((options["sslmode"], options["sslrootcert"]), ("verify-full", __file__))
        with socket.create_server(("127.0.0.1", 0)) as server:
            # What a server says that cannot: https://www.postgresql.org/docs/current/protocol-flow.html
            threading.Thread(target=answer, args=(server, 0, b"N"), daemon=True).start()
            with self.assertRaisesMessage(psycopg.OperationalError, "does not support SSL"):
                psycopg.connect(
                    host="127.0.0.1", port=server.getsockname()[1], user="coped", gssencmode="disable", **options
                ).close()

    def test_a_pod_beside_this_one_is_asked_for_no_certificate(self):
        self.assertNotIn("sslmode", settings.DATABASES["default"]["OPTIONS"])


def answer(server, seconds, said):
    connection, _ = server.accept()
    with connection:
        connection.recv(1024)
        time.sleep(seconds)
        connection.sendall(said)
        connection.recv(1024)
