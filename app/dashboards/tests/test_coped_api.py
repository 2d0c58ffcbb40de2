import json
import sys
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent / "notebooks"))

import coped_api

PROJECTS = [{"title": f"Project {number}"} for number in range(5)]
PAGE_SIZE = 2


class Api(BaseHTTPRequestHandler):
    """Answers like the API, and like its real counterpart only to requests that came by HTTPS."""

    def do_GET(self):
        if self.headers["X-Forwarded-Proto"] != "https":
            return self.answer(403, b"")
        if self.server.broken:
            return self.answer(*self.server.broken)
        page = int(parse_qs(urlsplit(self.path).query)["page"][0])
        has_next = page * PAGE_SIZE < len(PROJECTS)
        body = {
            "results": PROJECTS[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
            "next": "https://public.invalid/" if has_next else None,
        }
        self.answer(200, json.dumps(body).encode())

    def answer(self, status, body):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class FetchProjectsTest(unittest.TestCase):
    def setUp(self):
        self.server = HTTPServer(("127.0.0.1", 0), Api)
        self.server.broken = None
        self.addCleanup(self.server.server_close)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.shutdown)
        self.enterContext(patch.object(coped_api, "API_URL", f"http://127.0.0.1:{self.server.server_port}/api/"))

    def test_all_pages(self):
        self.assertEqual(coped_api.fetch_projects(), PROJECTS)

    def test_errors_of_the_api(self):
        for broken in ((500, b""), (200, b"<html>")):
            self.server.broken = broken
            with self.subTest(broken), self.assertRaises(coped_api.ApiUnavailable):
                coped_api.fetch_projects()

    def test_no_api(self):
        with (
            patch.object(coped_api, "API_URL", "http://127.0.0.1:1/api/"),
            self.assertRaisesRegex(coped_api.ApiUnavailable, "http://127.0.0.1:1/api/projects/"),
        ):
            coped_api.fetch_projects()


if __name__ == "__main__":
    unittest.main()
