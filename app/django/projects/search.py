"""Full-text search for projects in Elasticsearch.

PostgreSQL holds the truth, Elasticsearch only helps to find it: a search returns keys, and the projects themselves are
then read from the database. So a document that is out of date can never show an old text or a deleted project.

All access goes through the alias `coped_projects`. Behind it stands one index, `coped_projects_<UTC time>`, which
rebuild() replaces in a single step: https://www.elastic.co/docs/manage-data/data-store/aliases
"""

import base64
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from http import HTTPStatus

from django.conf import settings
from elastic_transport import HttpHeaders, Urllib3HttpNode
from elastic_transport.client_utils import DEFAULT
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import bulk

from coped.credentials import accepted, candidates
from projects.models import Project

logger = logging.getLogger(__name__)

ALIAS = "coped_projects"

MAX_HITS = 50

SETTINGS = {
    "number_of_shards": 1,
    # A second copy as soon as there is a second node, and a healthy cluster without one.
    "auto_expand_replicas": "0-1",
}

MAPPINGS = {
    "dynamic": "strict",
    "properties": {
        "title": {"type": "text", "analyzer": "english"},
        "summary": {"type": "text", "analyzer": "english"},
        "organisation": {"type": "text"},
        "started": {"type": "short"},
        "funding": {"type": "long"},
    },
}


# Someone waits for the page: better to say soon that the search does not work. But a node that is going away does not
# answer, and whoever asks again reaches another one.
PATIENCE = {
    "request_timeout": 3,
    "max_retries": 1,
    "retry_on_timeout": True,
    "retry_on_status": (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT),
}


class SearchUnavailable(Exception):
    """Elasticsearch does not answer, or there is no index yet. The message is meant for the reader of a page."""


@dataclass
class Hits:
    """How many projects match, and the best of them."""

    total: int
    projects: list[Project]


class SignedInNode(Urllib3HttpNode):
    """Signs in with a password that may change while the application runs: see coped/credentials.py."""

    def perform_request(self, method, target, body=None, headers=None, request_timeout=DEFAULT):
        *others, last = candidates("ELASTIC_PASSWORD")
        for password in others:
            answer = self._sign_in(password, method, target, body, headers, request_timeout)
            if answer.meta.status != HTTPStatus.UNAUTHORIZED:
                return answer
        return self._sign_in(last, method, target, body, headers, request_timeout)

    def _sign_in(self, password, method, target, body, headers, request_timeout):
        credentials = base64.b64encode(f"{settings.ELASTIC_USER}:{password}".encode()).decode()
        signed = HttpHeaders({**(headers or {}), "authorization": f"Basic {credentials}"})
        answer = super().perform_request(method, target, body, signed, request_timeout)
        if answer.meta.status != HTTPStatus.UNAUTHORIZED:
            accepted("ELASTIC_PASSWORD", password)
        return answer


@cache
def client() -> Elasticsearch:
    scheme = "https" if settings.ELASTIC_TLS else "http"
    return Elasticsearch(
        f"{scheme}://{settings.ELASTIC_HOSTNAME}:{settings.ELASTIC_PORT}",
        ca_certs=settings.ELASTIC_CA_FILE or None,
        node_class=SignedInNode if settings.ELASTIC_USER else Urllib3HttpNode,
        **PATIENCE,
    )


def find(query: str) -> Hits:
    """The projects that match a query, best first."""
    if not settings.ELASTIC_HOSTNAME:
        raise SearchUnavailable("This site has no search.")
    try:
        response = client().search(
            index=ALIAS,
            query={
                "multi_match": {
                    "query": query,
                    "fields": ["title^3", "summary", "organisation^2"],
                    "fuzziness": "AUTO",
                    # Few people mistype the first letter, and without it far too much is similar.
                    "prefix_length": 1,
                }
            },
            size=MAX_HITS,
            source=False,
            track_total_hits=True,
        )
    except NotFoundError as error:
        logger.warning("search failed, the index does not exist: %s", error)
        raise SearchUnavailable("The search index has not been built yet.") from error
    except (ApiError, TransportError) as error:
        logger.warning("search failed: %s", error)
        raise SearchUnavailable("The search is not available at the moment. Please try again later.") from error

    keys = [int(hit["_id"]) for hit in response["hits"]["hits"]]
    projects = Project.objects.in_bulk(keys)
    return Hits(
        total=response["hits"]["total"]["value"],
        projects=[projects[key] for key in keys if key in projects],
    )


def store(project: Project) -> None:
    """Writes one project to the index. Failure is logged: the next rebuild() brings what is missing."""
    if not settings.ELASTIC_HOSTNAME:
        return
    try:
        client().index(
            index=ALIAS,
            id=str(project.pk),
            document=document(project),
            # Without an alias Elasticsearch would create an index of that name, with guessed types.
            require_alias=True,
            # Who has just saved a project expects to find it.
            refresh="wait_for",
        )
    except (ApiError, TransportError) as error:
        logger.warning("project %s was saved but not indexed: %s", project.pk, error)


def counts() -> dict[str, int | None]:
    """How many projects there are, and how many documents: None where there is no index. Changes nothing."""
    try:
        documents = client().count(index=ALIAS)["count"]
    except NotFoundError:
        documents = None
    return {"rows": Project.objects.count(), "documents": documents}


def rebuild() -> tuple[str, int]:
    """Builds a new index, lets the alias point to it and deletes all others. Must not run twice at the same time.

    Returns the name of the new index and the number of documents.
    """
    # What took too long may have been done all the same: asked again, the index would be there already.
    patient = client().options(request_timeout=60, max_retries=0)
    # A minute of tolerance for clocks that differ between machines.
    began = datetime.now(UTC) - timedelta(minutes=1)
    index = f"{ALIAS}_{datetime.now(UTC):%Y%m%d%H%M%S%f}"

    patient.indices.create(index=index, settings=SETTINGS, mappings=MAPPINGS)
    count, _ = bulk(patient, actions(Project.objects.all(), index))
    patient.indices.refresh(index=index)

    # Includes the indices without the alias that a run leaves behind when it is cut short.
    outdated = [name for name in patient.indices.get_alias(index=f"{ALIAS}_*") if name != index]
    # One request, so that no search ever meets two indices, or none.
    patient.indices.update_aliases(
        actions=[
            {"add": {"index": index, "alias": ALIAS, "is_write_index": True}},
            *({"remove_index": {"index": name}} for name in outdated),
        ]
    )

    # Projects that were saved while the new index filled went to the old one.
    bulk(patient, actions(Project.objects.filter(modified__gte=began), index), refresh="wait_for")
    return index, count


def actions(projects, index: str):
    """The projects in the form that the bulk helper takes."""
    for project in projects.iterator():
        yield {"_index": index, "_id": str(project.pk), "_source": document(project)}


def document(project: Project) -> dict:
    return {
        "title": project.title,
        "summary": project.summary,
        "organisation": project.organisation,
        "started": project.started,
        "funding": project.funding,
    }
