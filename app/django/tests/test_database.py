import socket
import threading
import time

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


def answer(server, seconds, said):
    connection, _ = server.accept()
    with connection:
        connection.recv(1024)
        time.sleep(seconds)
        connection.sendall(said)
        connection.recv(1024)
