import json
from io import StringIO

import certifi
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings
from elastic_transport import ConnectionError, ConnectionTimeout

from projects import search
from tests.fake_elasticsearch import FakeElasticsearch
from tests.projects import create_project


class SearchIndexTest(TestCase):
    def setUp(self):
        self.elasticsearch = self.enterContext(FakeElasticsearch().installed())

    def search_index(self):
        output = StringIO()
        call_command("search_index", stdout=output)
        return output.getvalue()

    def documents(self):
        return self.elasticsearch.indices[self.elasticsearch.aliases["coped_projects"]]

    def test_first_run(self):
        project = create_project()
        self.assertIn("with 1 projects", self.search_index())
        self.assertEqual(self.documents()[str(project.pk)]["title"], project.title)

    def test_elasticsearch_is_down(self):
        self.elasticsearch.down = True
        with self.assertRaisesMessage(CommandError, "could not be built"):
            self.search_index()

    def test_no_projects(self):
        self.assertIn("with 0 projects", self.search_index())
        self.assertEqual(self.documents(), {})

    def test_a_second_run_replaces_the_index(self):
        create_project().delete()
        self.search_index()
        old = self.elasticsearch.aliases["coped_projects"]
        project = create_project()
        self.search_index()
        new = self.elasticsearch.aliases["coped_projects"]
        self.assertNotEqual(new, old)
        self.assertEqual(list(self.elasticsearch.indices), [new])
        self.assertEqual(list(self.documents()), [str(project.pk)])

    def test_the_swap_is_one_request(self):
        self.search_index()
        self.elasticsearch.requests.clear()
        self.search_index()
        changes = [request for request in self.elasticsearch.requests if "_alias" in request or "DELETE" in request]
        self.assertEqual(changes, ["GET /coped_projects_*/_alias", "POST /_aliases"])

    def test_leftovers_go_and_foreign_indices_stay(self):
        self.elasticsearch.indices |= {"coped_projects_20260101000000000000": {}, "coped_other": {}}
        self.search_index()
        self.assertEqual(
            sorted(self.elasticsearch.indices), sorted([self.elasticsearch.aliases["coped_projects"], "coped_other"])
        )

    def test_until_the_swap_the_old_index_serves(self):
        """A run that is cut short leaves the search as it was."""
        create_project()
        self.search_index()
        before = self.elasticsearch.aliases["coped_projects"]

        def cut():
            raise KeyboardInterrupt

        self.elasticsearch.before["POST /_aliases"] = cut
        with self.assertRaises(KeyboardInterrupt):
            self.search_index()
        self.assertEqual(self.elasticsearch.aliases["coped_projects"], before)
        self.assertEqual(search.find("heat").total, 1)

    def test_projects_saved_meanwhile_are_not_lost(self):
        self.elasticsearch.before["POST /_aliases"] = lambda: create_project(title="Late")
        self.search_index()
        self.assertEqual([document["title"] for document in self.documents().values()], ["Late"])


class CheckTest(TestCase):
    """What `coped status` asks."""

    def setUp(self):
        self.elasticsearch = self.enterContext(FakeElasticsearch().installed())
        create_project()

    def check(self):
        output = StringIO()
        call_command("search_index", "--check", stdout=output)
        return json.loads(output.getvalue())

    def test_there_is_no_index(self):
        self.assertEqual(self.check(), {"rows": 1, "documents": None})
        self.assertEqual(self.elasticsearch.indices, {})

    def test_the_index_is_older_than_the_rows(self):
        call_command("search_index", stdout=StringIO())
        self.assertEqual(self.check(), {"rows": 1, "documents": 1})
        create_project(title="Late")
        self.assertEqual(self.check(), {"rows": 2, "documents": 1})

    def test_elasticsearch_is_down(self):
        self.elasticsearch.down = True
        with self.assertRaisesMessage(CommandError, "The search index could not be read"):
            self.check()


class TroubleTest(TestCase):
    """A node of the cluster goes away while someone searches."""

    def setUp(self):
        self.elasticsearch = self.enterContext(FakeElasticsearch().installed())
        create_project()
        call_command("search_index", stdout=StringIO())
        self.elasticsearch.requests.clear()

    def test_another_node_is_asked(self):
        for trouble in (ConnectionTimeout("no answer"), ConnectionError("reset"), 502, 503, 504):
            with self.subTest(trouble):
                self.elasticsearch.troubles = [trouble]
                self.assertEqual(search.find("heat").total, 1)

    def test_a_project_that_is_saved_is_found(self):
        self.elasticsearch.troubles = [ConnectionTimeout("no answer")]
        with self.captureOnCommitCallbacks(execute=True):
            create_project(title="Late heat")
        self.assertEqual(search.find("heat").total, 2)

    def test_nobody_waits_for_ever(self):
        self.elasticsearch.troubles = [ConnectionTimeout("no answer") for _ in range(9)]
        with self.assertLogs("projects.search"), self.assertRaises(search.SearchUnavailable):
            search.find("heat")
        self.assertEqual(len(self.elasticsearch.requests), 2)

    def test_an_index_is_not_made_twice(self):
        self.elasticsearch.troubles = [ConnectionTimeout("no answer")]
        with self.assertRaises(CommandError):
            call_command("search_index", stdout=StringIO())
        self.assertEqual(len(self.elasticsearch.requests), 1)


class ClientTest(TestCase):
    def setUp(self):
        search.client.cache_clear()
        self.addCleanup(search.client.cache_clear)

    def node(self):
        (node,) = search.client().transport.node_pool.all()
        return node

    @override_settings(ELASTIC_HOSTNAME="search", ELASTIC_PORT=9201, ELASTIC_TLS=False)
    def test_plain_http(self):
        self.assertEqual(self.node().base_url, "http://search:9201")

    def test_https_verifies_against_the_authority(self):
        with override_settings(ELASTIC_HOSTNAME="search", ELASTIC_TLS=True, ELASTIC_CA_FILE=certifi.where()):
            config = self.node().config
        self.assertEqual((config.scheme, config.ca_certs, config.verify_certs), ("https", certifi.where(), True))

    @override_settings(ELASTIC_HOSTNAME="search", ELASTIC_TLS=True, ELASTIC_CA_FILE="")
    def test_https_by_a_certificate_that_everybody_trusts(self):
        config = self.node().config
        self.assertEqual((config.scheme, config.ca_certs, config.verify_certs), ("https", None, True))
