"""Kernels that start, or say why not.

Voilà sends a page before it knows whether its kernel lives, and then the page waits for ever. So each kernel is waited
for here, and a request that cannot have one is answered with a page that says so.
"""

import os
from http import HTTPStatus
from pathlib import Path

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import Float, Unicode


def free_memory(cgroup):
    """Bytes that this pod may still use, or None where nothing says so.

    As the kubelet counts: files in the page cache that nothing has used for a while can go.
    https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#eviction-signals
    """
    try:
        limit = int((cgroup / "memory.max").read_text())
        used = int((cgroup / "memory.current").read_text())
        statistics = dict(line.split() for line in (cgroup / "memory.stat").read_text().splitlines())
        return limit - used + int(statistics["inactive_file"])
    # No cgroup, one of version 1, or "max".
    except (OSError, ValueError, KeyError):
        return None


class Kernels(AsyncMappingKernelManager):
    cgroup = Unicode("/sys/fs/cgroup", config=True, help="Where the kernel says how much memory this container has.")
    start_timeout = Float(60.0, config=True, help="Seconds in which a kernel must answer.")

    async def start_kernel(self, **options):
        # What kernel.json lets a kernel take.
        most = int(os.environ.get("KERNEL_MEMORY_KIB", "0")) * 1024
        free = free_memory(Path(self.cgroup))
        if free is not None and free < most:
            self.log.warning("no kernel: %s bytes are free, and one may take %s", free, most)
            raise refusal("All dashboards are in use", "Too many are open at once. Please try again in a few minutes.")
        kernel_id = await super().start_kernel(**options)
        try:
            await self.answer_of(kernel_id)
        except RuntimeError as error:
            self.log.error("the kernel %s did not start: %s", kernel_id, error)
            await self.shutdown_kernel(kernel_id, now=True)
            raise refusal("The dashboard did not start", "Please try again. If that does not help, tell us.") from error
        return kernel_id

    async def answer_of(self, kernel_id):
        """:raises RuntimeError: the kernel died, or did not answer in time"""
        client = self.get_kernel(kernel_id).client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=self.start_timeout)
        finally:
            client.stop_channels()


def refusal(reason, message):
    # `reason` is the page's title; the message is a format, of which nothing is left to fill in.
    return HTTPError(HTTPStatus.SERVICE_UNAVAILABLE, message, reason=reason)
