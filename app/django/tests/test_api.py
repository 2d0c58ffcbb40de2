from base64 import b64encode
from unittest.mock import patch

from django.contrib.auth.models import Permission, User
from django.test import Client, TestCase, override_settings

from projects import api
from projects.models import Project
from tests.fake_elasticsearch import FakeElasticsearch
from tests.projects import create_project

NEW = {
    "title": "Heat from mine water",
    "summary": "A flooded mine as a seasonal store.",
    "organisation": "Geothermal Research Group",
    "started": 2018,
    "funding": 2330000,
}


@override_settings(ROOT_URLCONF="coped.urls_api")
class ApiTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = User.objects.create_user("editor", password="right")
        cls.editor.user_permissions.add(Permission.objects.get(codename="add_project"))
        User.objects.create_user("reader", password="right")

    def setUp(self):
        # As a browser would be treated: the default test client is spared the check of the CSRF token.
        self.client = Client(enforce_csrf_checks=True)
        self.elasticsearch = self.enterContext(FakeElasticsearch().installed())
        self.elasticsearch.indices["index"] = {}
        self.elasticsearch.aliases["coped_projects"] = "index"

    def post(self, body, user="editor", password="right"):
        credentials = b64encode(f"{user}:{password}".encode()).decode()
        headers = {"authorization": f"Basic {credentials}"} if user else {}
        with self.captureOnCommitCallbacks(execute=True):
            return self.client.post("/api/projects/", body, content_type="application/json", headers=headers)

    def test_list(self):
        project = create_project()
        self.assertEqual(
            self.client.get("/api/projects/").json(),
            {
                "count": 1,
                "next": None,
                "previous": None,
                "results": [
                    {
                        "id": project.pk,
                        "title": project.title,
                        "summary": project.summary,
                        "organisation": project.organisation,
                        "started": 2023,
                        "funding": 1240000,
                    }
                ],
            },
        )

    def test_list_in_pages(self):
        for _ in range(3):
            create_project()
        with patch.object(api, "PAGE_SIZE", 1):
            page = self.client.get("/api/projects/?page=2").json()
        self.assertEqual(page["count"], 3)
        self.assertEqual(len(page["results"]), 1)
        self.assertEqual(page["next"], "http://testserver/api/projects/?page=3")
        self.assertEqual(page["previous"], "http://testserver/api/projects/?page=1")

    def test_a_page_that_does_not_exist(self):
        for page in ("0", "2", "x"):
            with self.subTest(page), self.assertLogs("django.request"):
                self.assertEqual(self.client.get("/api/projects/", {"page": page}).status_code, 404)

    def test_create(self):
        response = self.post(NEW)
        self.assertEqual(response.status_code, 201)
        project = Project.objects.get()
        self.assertEqual(response.json(), {"id": project.pk, **NEW})
        self.assertEqual(self.elasticsearch.indices["index"], {str(project.pk): NEW})

    def test_create_while_elasticsearch_is_down(self):
        self.elasticsearch.down = True
        with self.assertLogs("projects.search", "WARNING"):
            self.assertEqual(self.post(NEW).status_code, 201)
        self.assertEqual(Project.objects.count(), 1)

    def test_create_before_there_is_an_index_does_not_make_one(self):
        self.elasticsearch.aliases.clear()
        self.elasticsearch.indices.clear()
        with self.assertLogs("projects.search", "WARNING"):
            self.assertEqual(self.post(NEW).status_code, 201)
        self.assertEqual(self.elasticsearch.indices, {})

    def assert_refused(self, response, status, *messages):
        self.assertEqual(response.status_code, status)
        for message in messages:
            self.assertIn(message, response.content.decode())
        self.assertEqual(Project.objects.count(), 0)

    def test_create_needs_a_user(self):
        with self.assertLogs("django.request"):
            response = self.post(NEW, user=None)
        self.assert_refused(response, 401, "A user name and a password are required.")
        self.assertTrue(response["WWW-Authenticate"].startswith("Basic "))

    def test_create_needs_the_right_password(self):
        with self.assertLogs("django.request"):
            self.assert_refused(self.post(NEW, password="wrong"), 401)

    def test_create_needs_the_permission(self):
        with self.assertLogs("django.request"):
            self.assert_refused(self.post(NEW, user="reader"), 403)

    def test_broken_credentials(self):
        for value in ("Basic", "Basic ###", "Basic /w==", "Bearer abc"):
            with self.subTest(value), self.assertLogs("django.request"):
                response = self.client.post(
                    "/api/projects/", NEW, content_type="application/json", headers={"authorization": value}
                )
                self.assert_refused(response, 401)

    def test_a_session_is_not_enough(self):
        """Otherwise another site could make the browser of a signed-in user create projects."""
        self.client.force_login(self.editor)
        with self.assertLogs("django.request"):
            self.assert_refused(self.post(NEW, user=None), 401)

    @override_settings(DEBUG=True)
    def test_development_needs_no_user(self):
        self.assertEqual(self.post(NEW, user=None).status_code, 201)

    def test_invalid_bodies(self):
        for body, *messages in (
            ("{", "The body is not JSON"),
            ("[" * 100_000, "The body is not JSON"),
            (b"\xff", "The body is not JSON"),
            ("[]", "must be a JSON object"),
            ("{}", '"title": ["This field is required."]'),
            (NEW | {"started": 1066}, '"started": ["Ensure this value is greater than or equal to 1900."]'),
            (NEW | {"funding": -1}, '"funding"'),
            (NEW | {"funding": 1.5}, '"funding"'),
            (NEW | {"title": True}, '"title": ["Must be a text or a whole number."]'),
            (NEW | {"title": ["a"]}, '"title": ["Must be a text or a whole number."]'),
            (NEW | {"title": "nul \0"}, '"title": ["Null characters are not allowed."]'),
            (NEW | {"id": 1}, '"id": ["There is no such field."]'),
        ):
            with self.subTest(body=str(body)[:40]), self.assertLogs("django.request"):
                self.assert_refused(self.post(body), 400, *messages)

    @override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100)
    def test_a_body_that_is_too_large(self):
        with self.assertLogs("django.request"):
            self.assert_refused(self.post(NEW), 413, "100 bytes at most")

    def test_search(self):
        self.post(NEW)
        create_project()
        response = self.client.get("/api/search/", {"q": "mine"}).json()
        self.assertEqual(response["count"], 1)
        self.assertEqual(response["results"][0]["title"], NEW["title"])

    def test_search_needs_a_query(self):
        with self.assertLogs("django.request"):
            self.assertEqual(self.client.get("/api/search/").status_code, 400)

    def test_search_while_elasticsearch_is_down(self):
        self.elasticsearch.down = True
        with self.assertLogs("projects.search"), self.assertLogs("django.request"):
            response = self.client.get("/api/search/", {"q": "heat"})
        self.assertEqual(response.status_code, 503)
        self.assertIn("not available", response.json()["error"])

    def test_not_found_is_json(self):
        with self.assertLogs("django.request"):
            self.assertEqual(self.client.get("/").json(), {"error": "There is nothing here."})
