from socket import gethostname

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import TestCase, override_settings

from projects.models import Project
from projects.views import PAGE_SIZE
from tests.fake_elasticsearch import FakeElasticsearch
from tests.projects import create_project


class PagesTest(TestCase):
    def test_empty_list(self):
        self.assertContains(self.client.get("/"), "There are no projects yet.")

    def test_list_in_pages(self):
        for number in range(PAGE_SIZE + 1):
            create_project(title=f"Project {number:02}")
        first, second = self.client.get("/"), self.client.get("/?page=2")
        self.assertContains(first, "Page 1 of 2")
        self.assertContains(first, "Project 09")
        self.assertNotContains(first, "Project 10")
        self.assertContains(second, "Project 10")

    def test_detail(self):
        project = create_project()
        response = self.client.get(project.get_absolute_url())
        self.assertContains(response, project.summary)
        self.assertContains(response, "£1,240,000")

    def test_text_is_escaped(self):
        project = create_project(title="<script>alert(1)</script>")
        for path in ("/", project.get_absolute_url()):
            self.assertNotContains(self.client.get(path), "<script>")

    def test_not_found(self):
        self.assertContains(self.client.get("/projects/1/"), "Page not found", status_code=404)

    def test_server_error(self):
        self.client.raise_request_exception = False
        with self.assertLogs("django.request"), self.settings(ROOT_URLCONF="tests.broken_urls"):
            self.assertContains(self.client.get("/"), "Something went wrong", status_code=500)

    @override_settings(DASHBOARDS_URL="/voila/")
    def test_link_to_the_dashboards(self):
        self.assertContains(self.client.get("/"), 'href="/voila/"')

    def test_the_current_page_is_marked_in_the_navigation(self):
        self.assertContains(self.client.get("/"), '<a href="/" aria-current="page">', html=False)
        self.assertNotContains(self.client.get(create_project().get_absolute_url()), "aria-current")

    def test_the_first_link_skips_to_the_content(self):
        page = self.client.get("/").content.decode()
        self.assertRegex(page, r'<body>\s*<a class="skip" href="#content">')
        self.assertRegex(page, r'<main [^>]*id="content"')

    def test_signing_in_leads_back_to_the_page(self):
        project = create_project()
        self.assertContains(self.client.get(project.get_absolute_url()), f"?next={project.get_absolute_url()}")

    def test_signing_out(self):
        self.client.force_login(User.objects.create_user("ada", is_staff=True))
        self.assertContains(self.client.get("/"), "ada</a>")
        self.client.post("/admin/logout/")
        self.assertContains(self.client.get("/"), "Sign in</a>")

    def test_favicon(self):
        self.assertRedirects(
            self.client.get("/favicon.ico"), "/static/projects/favicon.svg", fetch_redirect_response=False
        )

    def test_who_served_a_page_is_shown_only_where_it_should_be(self):
        self.assertNotContains(self.client.get("/"), "Served by")
        with self.settings(RELEASE="1.2.3"):
            self.assertContains(self.client.get("/"), f"Served by {gethostname()}, release 1.2.3")

    def test_sample_projects_are_valid(self):
        call_command("loaddata", "sample", verbosity=0)
        self.assertGreaterEqual(Project.objects.count(), 15)
        for project in Project.objects.all():
            project.full_clean()


class SearchPageTest(TestCase):
    def setUp(self):
        self.elasticsearch = self.enterContext(FakeElasticsearch().installed())

    def search(self, query):
        return self.client.get("/search/", {"q": query})

    def test_without_a_query_nothing_is_asked(self):
        self.assertContains(self.search("  "), "Type a few words")
        self.assertEqual(self.elasticsearch.requests, [])

    def test_found(self):
        project = create_project()
        self.elasticsearch.indices["index"] = {str(project.pk): {"title": project.title, "summary": project.summary}}
        self.elasticsearch.aliases["coped_projects"] = "index"
        response = self.search("heat")
        self.assertContains(response, "1 project found")
        self.assertContains(response, project.get_absolute_url())

    def test_nothing_found(self):
        self.elasticsearch.indices["index"] = {}
        self.elasticsearch.aliases["coped_projects"] = "index"
        self.assertContains(self.search("heat"), "No project matches.")

    def test_no_index_yet(self):
        with self.assertLogs("projects.search"):
            self.assertContains(self.search("heat"), "has not been built yet", status_code=503)

    def test_elasticsearch_is_down(self):
        self.elasticsearch.down = True
        with self.assertLogs("projects.search"):
            self.assertContains(self.search("heat"), "not available at the moment", status_code=503)

    @override_settings(ELASTIC_HOSTNAME="")
    def test_a_site_without_elasticsearch(self):
        create_project()
        self.assertContains(self.search("heat"), "This site has no search.", status_code=503)
        self.assertEqual(self.elasticsearch.requests, [])


@override_settings(ROOT_URLCONF="coped.urls_site")
class OneServerTest(TestCase):
    def test_it_answers_pages_and_the_api(self):
        self.assertContains(self.client.get("/"), "COPED")
        self.assertEqual(self.client.get("/api/projects/").json()["count"], 0)
