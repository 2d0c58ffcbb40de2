"""Celery: what takes too long for a request, and what is due at set times.

`celery --app=coped worker` and `celery --app=coped beat`; the environment must have a broker (REDIS_HOST).
"""

import os
from pathlib import Path

from celery import Celery, bootsteps
from celery.schedules import crontab
from django.core.management import call_command
from redis import CredentialProvider

from coped.environment import setting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coped.settings")

app = Celery("coped")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = {
    "clear-sessions": {"task": "coped.celery.clear_sessions", "schedule": crontab(hour=3, minute=30)},
}


class Password(CredentialProvider):
    """Read at each connection, because a file may be replaced while the program runs."""

    def get_credentials(self):
        return (setting("REDIS_PASSWORD"),)


class Alive(bootsteps.StartStopStep):
    """Touches a file for as long as the worker takes tasks from the broker, busy or not: its main process does that
    between messages, while others work on the tasks. A connection that breaks stops all timers; the next one calls
    start again.
    https://docs.celeryq.dev/en/stable/userguide/extending.html#consumer
    """

    requires = {"celery.worker.consumer.tasks:Tasks"}
    file = Path("/tmp/alive")  # noqa: S108  the only folder that is writable
    every = 10

    def start(self, consumer):
        self.file.touch()
        consumer.timer.call_repeatedly(self.every, self.file.touch)


app.steps["consumer"].add(Alive)


@app.task
def clear_sessions():
    """Django leaves sessions that have expired in the database."""
    call_command("clearsessions")
