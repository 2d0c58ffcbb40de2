"""Django's PostgreSQL backend, for a password that may change while the application runs (see coped/credentials.py),
and for a database that a restore replaces meanwhile."""

from django.db.backends.postgresql import base
from psycopg import OperationalError

from coped.credentials import accepted, candidates

NAME = "SQL_PASSWORD"


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        # Twice: a restore gives the database's name to another one. A connection that has begun before is refused in
        # that moment ("It seems to have just been dropped or renamed"), and the next one finds the other.
        *others, last = candidates(NAME) * 2
        for password in others:
            try:
                return self._connect(conn_params, password)
            except OperationalError as error:
                if not refused(error):
                    raise
        return self._connect(conn_params, last)

    def _connect(self, conn_params, password):
        connection = super().get_new_connection({**conn_params, "password": password})
        accepted(NAME, password)
        return connection


def refused(error: OperationalError) -> bool:
    """The server was there and asked for the password: another one may be right, or the same at the next try. (No error
    code says so before the connection stands, and messages are in the server's language.)"""
    return error.pgconn is not None and error.pgconn.used_password
