import os
import runpy
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from celery import Celery
from celery.contrib.testing.worker import start_worker
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.test import SimpleTestCase, TestCase
from django.utils import timezone

from coped import celery


class AliveTest(SimpleTestCase):
    """A real worker, with a broker in its own memory."""

    def setUp(self):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name, "alive")
        self.enterContext(patch.multiple(celery.Alive, file=self.file, every=0.05))
        self.app = Celery("tests", broker="memory://localhost", set_as_current=False)
        self.app.steps["consumer"].add(celery.Alive)
        self.working, self.done = [], []

        @self.app.task
        def work():
            self.working.append(True)
            while not self.done:
                time.sleep(0.01)

        self.work = work

    def touches(self):
        """Whether the file is touched once more within a few seconds."""
        before = self.file.stat().st_mtime_ns
        return self.until(lambda: self.file.stat().st_mtime_ns != before)

    def until(self, is_so):
        end = time.monotonic() + 10
        while time.monotonic() < end:
            if is_so():
                return True
            time.sleep(0.01)
        return False

    def test_a_worker_touches_the_file_idle_and_busy_and_no_longer(self):
        self.assertFalse(self.file.exists())
        with start_worker(self.app, pool="threads", concurrency=1, perform_ping_check=False):
            self.assertTrue(self.touches())
            self.work.delay()
            self.assertTrue(self.until(lambda: self.working))
            self.assertTrue(self.touches())
            self.done.append(True)
        before = self.file.stat().st_mtime_ns
        time.sleep(0.3)
        self.assertEqual(self.file.stat().st_mtime_ns, before)

    def test_the_application_has_it(self):
        self.assertIn(celery.Alive, celery.app.steps["consumer"])


class PasswordTest(SimpleTestCase):
    def test_a_replaced_file_counts_without_a_restart(self):
        with TemporaryDirectory() as folder:
            file = Path(folder, "password")
            with patch.dict(os.environ, {"REDIS_PASSWORD_FILE": str(file)}):
                for value in ["0ld-5f0c1e7ab94d2836", "new-9a8b34652f1e0c7d"]:
                    file.write_text(value)
                    self.assertEqual(celery.Password().get_credentials(), (value,))


class SettingsTest(SimpleTestCase):
    def settings(self, **variables):
        with patch.dict(os.environ, variables):
            return runpy.run_path("coped/settings.py")

    def test_without_a_broker_there_is_none(self):
        self.assertNotIn("CELERY_BROKER_URL", self.settings())

    def test_the_password_is_not_in_the_address_of_the_broker(self):
        url = self.settings(REDIS_HOST="redis", REDIS_PASSWORD="5f0c1e7ab94d2836")["CELERY_BROKER_URL"]
        self.assertEqual(url, "redis://redis:6379/0?credential_provider=coped.celery.Password")

    def test_a_weak_password_is_refused(self):
        good = "5f0c1e7ab94d28365f0c1e7ab94d28365f0c1e7ab94d28365f0c"
        real = {"REQUIRE_REAL_SECRETS": "1", "SECRET_KEY": good, "SQL_PASSWORD": good}
        with self.assertRaisesMessage(ImproperlyConfigured, "REDIS_PASSWORD"):
            self.settings(REDIS_HOST="redis", REDIS_PASSWORD="short", **real)


class TasksTest(TestCase):
    def test_what_is_due_is_a_task(self):
        for entry in celery.app.conf.beat_schedule.values():
            self.assertIn(entry["task"], celery.app.tasks)

    def test_sessions_that_have_expired_are_deleted(self):
        for key, days in [("old", -1), ("new", 1)]:
            expires = timezone.now() + timedelta(days=days)
            Session.objects.create(session_key=key, session_data="x", expire_date=expires)
        celery.clear_sessions()
        self.assertEqual([session.session_key for session in Session.objects.all()], ["new"])
