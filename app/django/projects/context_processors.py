import socket

from django.conf import settings


def dashboards(request):
    """The dashboards are another application under the same host, so that templates cannot use {% url %} for them."""
    return {"dashboards_url": settings.DASHBOARDS_URL}


def served_by(request):
    """Which release answered, and which pod: a pod's host name is its name."""
    return {"release": settings.RELEASE, "pod": socket.gethostname()}
