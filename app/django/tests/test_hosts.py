from ipaddress import ip_network

from django.contrib.auth.models import User
from django.test import Client, TestCase, override_settings


@override_settings(ALLOWED_HOSTS=["localhost", "127.0.0.1", "api"])
class HostsTest(TestCase):
    """A laptop's site is asked for by its name and by its address, with the ports of both ways in."""

    HOSTS = ("localhost:1337", "127.0.0.1:1337", "localhost:8000", "127.0.0.1:8000")

    def test_pages(self):
        for host in self.HOSTS:
            with self.subTest(host):
                self.assertEqual(self.client.get("/", headers={"host": host}).status_code, 200)

    def test_forms_are_accepted_from_the_page_that_showed_them(self):
        User.objects.create_superuser("ada", password="lovelace")
        for host in self.HOSTS:
            with self.subTest(host):
                client = Client(enforce_csrf_checks=True)
                headers = {"host": host, "origin": f"http://{host}"}
                page = client.get("/admin/login/", headers=headers)
                form = {
                    "username": "ada",
                    "password": "lovelace",
                    "csrfmiddlewaretoken": page.context["csrf_token"],
                }
                self.assertEqual(client.post("/admin/login/?next=/", form, headers=headers).status_code, 302)
                other = {**headers, "origin": "http://evil.example:1337"}
                with self.assertLogs("django.security.csrf"):
                    self.assertEqual(client.post("/admin/login/", form, headers=other).status_code, 403)


class BehindAnotherProxyTest(TestCase):
    """The edge says that the request came by HTTP, because the proxy before it ended TLS."""

    def get(self, forwarded_for, **settings):
        headers = {"X-Forwarded-For": forwarded_for, "X-Forwarded-Proto": "http"}
        with self.settings(SECURE_SSL_REDIRECT=True, **settings):
            return self.client.get("/", headers=headers)

    def test_a_proxy_of_ours_has_ended_tls(self):
        ours = [ip_network("192.0.2.0/24"), ip_network("2001:db8::/32")]
        for last in ("192.0.2.7", "198.51.100.7, 192.0.2.7", "2001:db8::7"):
            with self.subTest(last):
                self.assertEqual(self.get(last, TRUSTED_PROXIES=ours).status_code, 200)
        for other in ("198.51.100.7", "192.0.2.7, 198.51.100.7", "192.0.2.7, nonsense", ""):
            with self.subTest(other):
                self.assertEqual(self.get(other, TRUSTED_PROXIES=ours).status_code, 301)

    def test_without_one_http_is_redirected(self):
        self.assertEqual(self.get("192.0.2.7").status_code, 301)
