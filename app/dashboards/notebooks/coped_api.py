"""Reads from the COPED API, for the notebooks beside this file."""

import json
import os
from urllib.parse import urlencode
from urllib.request import Request, urlopen

API_URL = os.environ.get("API_URL", "http://api:8000/api/")

TIMEOUT_SECONDS = 5

# The hop from here to the API is plain HTTP by design: it stays inside the cluster, where network policies guard it.
# Without this header, which the edge sets for requests from outside, Django would redirect to HTTPS.
HEADERS = {"X-Forwarded-Proto": "https"}


class ApiUnavailable(Exception):
    """The API does not answer, or not as it should."""


def fetch_projects():
    """All projects, page by page.

    Pages are asked for by number. The API also names the next page, but by the address that the public sees.
    """
    projects, page = [], 1
    while True:
        answer = _get("projects/", page=page)
        projects += answer["results"]
        if answer["next"] is None:
            return projects
        page += 1


def _get(path, **parameters):
    # S310 is about file: addresses; this one comes from the deployment.
    request = Request(f"{API_URL}{path}?{urlencode(parameters)}", headers=HEADERS)  # noqa: S310
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
            return json.load(response)
    # OSError: no connection, no answer in time, or an error status. ValueError: an answer that is not JSON.
    except (OSError, ValueError) as error:
        raise ApiUnavailable(f"{request.full_url}: {error}") from error
