"""A real Voilà, with our templates and kernels, on notebooks that misbehave. Needs the packages of requirements.txt."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

FOLDER = Path(__file__).resolve().parent.parent
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
NOTEBOOKS = {
    "good": ["print('all is ' + 'well')"],
    "hungry": ["print('beg' + 'un')", "bytes(2 * 1024**3)", "print('never ' + 'reached')"],
    "dying": ["import os; os.kill(os.getpid(), 9)"],
}
START_SECONDS = 60


def notebook(cells):
    code = [
        {"cell_type": "code", "id": f"cell-{i}", "metadata": {}, "outputs": [], "execution_count": None, "source": cell}
        for i, cell in enumerate(cells)
    ]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": KERNEL}, "cells": code}


class Server:
    """Voilà, laid out as the Dockerfile lays it out."""

    def __init__(self, *options, **variables):
        self.folder = Path(tempfile.mkdtemp())
        share = self.folder / "share"
        shutil.copytree(FOLDER / "voila" / "templates", share / "voila" / "templates")
        shutil.copytree(FOLDER / "voila" / "kernels", share / "kernels")
        for name, cells in NOTEBOOKS.items():
            (self.folder / f"{name}.ipynb").write_text(json.dumps(notebook(cells)))
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "PYTHONPATH": str(FOLDER / "voila"),
            "JUPYTER_PATH": str(share),
            "JUPYTER_CONFIG_PATH": str(FOLDER / "voila"),
            **variables,
        }
        self.command = [sys.executable, "-m", "coped_voila", str(self.folder), f"--port={self.port}", *options]
        self.command += ["--no-browser", "--base_url=/dashboards/", "--KernelManager.transport=ipc"]

    def __enter__(self):
        self.log = (self.folder / "log").open("w")
        # S603: the command is this file's own.
        self.process = subprocess.Popen(self.command, env=self.environment, stdout=self.log, stderr=self.log)  # noqa: S603
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                self.get("")
            except URLError:
                time.sleep(0.1)
            else:
                return self
        self.__exit__()
        raise AssertionError("Voilà did not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder)

    def get(self, path, **headers):
        request = Request(f"http://127.0.0.1:{self.port}/dashboards/{path}", headers=headers)
        try:
            with urlopen(request, timeout=START_SECONDS) as answer:  # noqa: S310
                return answer.status, answer.headers, answer.read().decode(errors="replace")
        except HTTPError as error:
            return error.status, error.headers, error.read().decode()

    def page(self, name):
        status, _, text = self.get(f"voila/render/{name}.ipynb")
        return status, text


class VoilaTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # In KiB: enough to start a kernel, not for what "hungry" wants.
        cls.server = cls.enterClassContext(Server(KERNEL_MEMORY_KIB=str(512 * 1024)))

    def test_notebooks_are_listed_and_shown(self):
        self.assertRegex(self.server.get("")[2], r'href="/dashboards/voila/render/good\.ipynb">Good<')
        status, page = self.server.page("good")
        self.assertEqual(status, 200)
        self.assertIn("all is well", page)

    def test_pages_ask_nothing_of_other_sites(self):
        for path in ("", "voila/render/good.ipynb", "voila/render/absent.ipynb"):
            with self.subTest(path):
                _, headers, page = self.server.get(path)
                self.assertNotRegex(page, r"""(src|href)=["']?(https?:)?//""")
                self.assertTrue(headers["Content-Security-Policy"].startswith("default-src 'self'"))

    def test_pages_are_compressed(self):
        _, headers, _ = self.server.get("voila/render/good.ipynb", **{"Accept-Encoding": "gzip"})
        self.assertEqual(headers["Content-Encoding"], "gzip")

    def test_a_kernel_that_takes_too_much_memory_fails_alone_and_says_so(self):
        status, page = self.server.page("hungry")
        self.assertEqual(status, 200)
        self.assertIn("begun", page)
        self.assertIn("more memory than a dashboard gets", page)
        self.assertNotIn("never reached", page)
        self.assertIn("all is well", self.server.page("good")[1])

    def test_a_kernel_that_dies_is_not_waited_for(self):
        self.assertIn("Reload the page to try again", self.server.page("dying")[1])

    def test_a_page_that_waits_for_nothing_offers_another_try(self):
        page = self.server.page("good")[1]
        self.assertIn("This dashboard does not answer", page)
        self.assertRegex(page, r"Math\.ceil\(120 / \d+\)")


class NoKernelTest(unittest.TestCase):
    def test_a_kernel_that_does_not_start(self):
        with Server(KERNEL_MEMORY_KIB="1000") as server:
            status, page = server.page("good")
        self.assertEqual(status, 503)
        self.assertIn("The dashboard did not start", page)
        self.assertIn("Try again", page)

    def test_no_memory_for_another_kernel(self):
        allowed = 512 * 1024  # KiB
        with tempfile.TemporaryDirectory() as cgroup:
            for name, text in {
                "memory.max": allowed * 1024 + 1000,
                "memory.current": 1050,
                "memory.stat": "anon 1\ninactive_file 50",
            }.items():
                (Path(cgroup) / name).write_text(str(text))
            with Server(f"--Kernels.cgroup={cgroup}", KERNEL_MEMORY_KIB=str(allowed + 1)) as server:
                status, page = server.page("good")
            self.assertEqual(status, 503)
            self.assertIn("All dashboards are in use", page)
            with Server(f"--Kernels.cgroup={cgroup}", KERNEL_MEMORY_KIB=str(allowed)) as server:
                self.assertEqual(server.page("good")[0], 200)


if __name__ == "__main__":
    unittest.main()
