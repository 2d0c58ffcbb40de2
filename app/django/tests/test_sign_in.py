import base64
from ipaddress import ip_network

from django.contrib.auth.models import Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import TestCase, override_settings

PASSWORD = "correct horse battery"
# What the edge appends: whatever the client sent stands before it.
FROM_ADA = {"headers": {"X-Forwarded-For": "198.51.100.7, 203.0.113.1"}}
FROM_ELSEWHERE = {"headers": {"X-Forwarded-For": "203.0.113.1, 198.51.100.7"}}


class LockOutTest(TestCase):
    """Over /admin/."""

    def setUp(self):
        self.user = User.objects.create_user("ada", password=PASSWORD, is_staff=True)

    def sign_in(self, password, **extra):
        return self.client.post("/admin/login/", {"username": "ada", "password": password}, **extra)

    def guess(self, times, **extra):
        return [self.sign_in("wrong", **extra).status_code for _ in range(times)]

    def test_ten_wrong_passwords_lock_out_even_the_right_one(self):
        self.assertEqual(self.guess(10, **FROM_ADA), [200] * 9 + [429])
        answer = self.sign_in(PASSWORD, **FROM_ADA)
        self.assertContains(answer, "quarter of an hour", status_code=429)

    def test_another_address_is_not_locked_out_and_cannot_be_made_up(self):
        self.guess(10, **FROM_ADA)
        self.assertEqual(self.sign_in(PASSWORD, **FROM_ELSEWHERE).status_code, 302)
        made_up = {"headers": {"X-Forwarded-For": "192.0.2.1, 203.0.113.1"}}
        self.assertEqual(self.sign_in(PASSWORD, **made_up).status_code, 429)

    def test_without_an_edge_the_connection_counts(self):
        self.guess(10, headers={"X-Forwarded-For": "not an address"})
        self.assertEqual(self.sign_in(PASSWORD, REMOTE_ADDR="127.0.0.1").status_code, 429)
        self.assertEqual(self.sign_in(PASSWORD, REMOTE_ADDR="10.0.0.9").status_code, 302)

    def test_a_proxy_of_ours_is_not_the_client(self):
        with self.settings(TRUSTED_PROXIES=[ip_network("203.0.113.0/24")]):
            self.guess(10, **FROM_ADA)
            self.assertEqual(self.sign_in(PASSWORD, **FROM_ADA).status_code, 429)
            other = {"headers": {"X-Forwarded-For": "198.51.100.8, 203.0.113.1"}}
            self.assertEqual(self.sign_in(PASSWORD, **other).status_code, 302)
            self.assertEqual(self.sign_in(PASSWORD, headers={"X-Forwarded-For": "203.0.113.1"}).status_code, 302)

    def test_success_starts_the_count_again(self):
        self.guess(9, **FROM_ADA)
        self.assertEqual(self.sign_in(PASSWORD, **FROM_ADA).status_code, 302)
        self.assertEqual(self.guess(9, **FROM_ADA), [200] * 9)


@override_settings(ROOT_URLCONF="coped.urls_api")
class ApiLockOutTest(TestCase):
    def setUp(self):
        user = User.objects.create_user("ada", password=PASSWORD)
        user.user_permissions.add(Permission.objects.get(codename="add_project"))

    def create(self, password):
        credentials = base64.b64encode(f"ada:{password}".encode()).decode()
        return self.client.post(
            "/api/projects/", "{}", "application/json", headers={"Authorization": f"Basic {credentials}"}
        )

    def test_wrong_passwords_lock_out(self):
        self.assertEqual([self.create("wrong").status_code for _ in range(10)], [401] * 9 + [429])
        locked = self.create(PASSWORD)
        self.assertEqual(locked.status_code, 429)
        self.assertIn("quarter of an hour", locked.json()["error"])

    def test_the_right_password_goes_on_working(self):
        for _ in range(12):
            self.assertEqual(self.create(PASSWORD).status_code, 400)


class PasswordTest(TestCase):
    def test_weak_passwords_are_refused(self):
        for weak in ("short", "password1234", "982734982734", "ada.lovelace"):
            with self.subTest(weak), self.assertRaises(ValidationError):
                validate_password(weak, User(username="ada.lovelace"))
        validate_password(PASSWORD, User(username="ada.lovelace"))


class HeadersTest(TestCase):
    def test_a_page_takes_nothing_from_elsewhere(self):
        policy = self.client.get("/")["Content-Security-Policy"]
        self.assertIn("default-src 'self'", policy)
        self.assertIn("frame-ancestors 'none'", policy)
        self.assertNotIn("unsafe", policy)

    def test_no_page_has_scripts_or_styles_of_its_own(self):
        for path in ("/", "/search/", "/projects/404/", "/admin/login/"):
            page = self.client.get(path).content.decode()
            self.assertNotRegex(page, r"<style|<script(?![^>]*src=)|\bstyle=|\bon[a-z]+=")

    def test_pages_are_compressed(self):
        answer = self.client.get("/admin/login/", headers={"Accept-Encoding": "gzip"})
        self.assertEqual(answer["Content-Encoding"], "gzip")
