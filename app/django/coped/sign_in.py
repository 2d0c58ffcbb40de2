"""What django-axes asks of us: from where a sign-in comes, and what a locked-out one is answered."""

import ipaddress
from http import HTTPStatus

from django.http import JsonResponse
from django.shortcuts import render

MESSAGE = "Too many wrong passwords. Please try again in a quarter of an hour."


def client_address(request):
    """The address that connected to the edge.

    The edge appends it to X-Forwarded-For. Everything before it was written by the client, who may write what it likes.
    Absent where no edge is in between: on the laptop's own port, and for the dashboards.
    """
    appended = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(appended))
    except ValueError:
        return request.META.get("REMOTE_ADDR")


def too_many_attempts(request, response=None, credentials=None):
    status = HTTPStatus.TOO_MANY_REQUESTS
    if request.path_info.startswith("/api/"):
        return JsonResponse({"error": MESSAGE}, status=status)
    return render(request, "429.html", {"message": MESSAGE}, status=status)
