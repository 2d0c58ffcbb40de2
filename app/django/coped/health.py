"""Health checks for Kubernetes' probes.

/livez says that this process answers. It must not look at anything else: a failing liveness probe restarts the pod,
and restarting Django repairs no database.

/readyz says that this pod can serve, which it cannot without PostgreSQL. Elasticsearch does not count: without it
everything but the search works.
"""

import logging

from django.db import DatabaseError, connection
from django.http import JsonResponse

logger = logging.getLogger(__name__)


class HealthMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == "/livez":
            return JsonResponse({"status": "ok"})
        if request.path_info == "/readyz":
            return readiness()
        return self.get_response(request)


def readiness():
    """Asks PostgreSQL; the timeouts of the connection, see DATABASES, keep this within about ten seconds."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        logger.warning("not ready, the database does not answer: %s", error)
        return JsonResponse({"status": "unavailable", "database": "unavailable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})
