from unittest.mock import patch

from django.db import OperationalError, connection
from django.test import TestCase, override_settings


@override_settings(SECURE_SSL_REDIRECT=True)
class HealthTest(TestCase):
    def ask(self, path):
        """Asks as the kubelet does: plain HTTP, with the address of the pod as host."""
        return self.client.get(path, headers={"host": "10.1.2.3:8000"})

    def test_other_paths_check_the_host(self):
        self.assertEqual(self.ask("/").status_code, 400)

    def test_other_paths_redirect_to_https(self):
        response = self.client.get("/")
        self.assertRedirects(response, "https://testserver/", 301, fetch_redirect_response=False)

    def test_alive(self):
        with self.assertNumQueries(0):
            response = self.ask("/livez")
        self.assertEqual((response.status_code, response.json()), (200, {"status": "ok"}))

    def test_ready(self):
        with self.assertNumQueries(1):
            response = self.ask("/readyz")
        self.assertEqual((response.status_code, response.json()), (200, {"status": "ok", "database": "ok"}))

    def test_without_database_alive_but_not_ready(self):
        with (
            patch.object(connection, "cursor", side_effect=OperationalError("refused")),
            self.assertLogs("coped.health"),
        ):
            self.assertEqual(self.ask("/readyz").status_code, 503)
            self.assertEqual(self.ask("/livez").status_code, 200)

    @override_settings(ROOT_URLCONF="coped.urls_api")
    def test_the_api_has_them_too(self):
        self.assertEqual(self.ask("/livez").status_code, 200)
        self.assertEqual(self.ask("/readyz").status_code, 200)
