"""As much of an Elasticsearch server as the application uses, behind the real client and without a network.

The real client is part of what is tested: a misspelt parameter or a wrong path fails here as it would in the cluster.
"""

import json
from contextlib import contextmanager
from unittest.mock import patch
from urllib.parse import parse_qs, unquote, urlsplit

from elastic_transport import ApiResponseMeta, BaseNode, ConnectionError, HttpHeaders, TransportApiResponse
from elasticsearch import Elasticsearch

from projects import search


class FakeElasticsearch:
    def __init__(self):
        self.indices = {}  # name -> {document id -> document}
        self.aliases = {}  # alias -> name of its index
        self.requests = []  # what was asked, as "METHOD /path"
        self.down = False
        self.troubles = []  # exceptions to raise, or statuses to answer with, one for each request to come
        self.before = {}  # "METHOD /path" -> a function to call before that request is served

    @contextmanager
    def installed(self):
        """Within this block the application talks to this server."""
        node = type("Node", (_Node,), {"server": self})
        client = Elasticsearch("http://fake:9200", node_class=node, **search.PATIENCE)
        with patch.object(search, "client", lambda: client):
            yield self

    def answer(self, method, target, lines):
        """The status and the body of the answer to a request."""
        url = urlsplit(target)
        path = unquote(url.path)
        parameters = {name: values[0] for name, values in parse_qs(url.query).items()}
        self.requests.append(f"{method} {path}")
        if self.troubles:
            trouble = self.troubles.pop(0)
            if isinstance(trouble, Exception):
                raise trouble
            return trouble, _error("trouble")
        if (hook := self.before.pop(f"{method} {path}", None)) is not None:
            hook()

        match [method, *path.strip("/").split("/")]:
            case ["PUT", "_bulk"] | ["POST", "_bulk"]:
                return 200, self._bulk(lines)
            case ["POST", "_aliases"]:
                return self._update_aliases(lines[0]["actions"])
            case ["PUT", index]:
                if index in self.indices:
                    return 400, _error("resource_already_exists_exception")
                self.indices[index] = {}
                return 200, {"acknowledged": True, "shards_acknowledged": True, "index": index}
            case ["POST", _, "_refresh"]:
                return 200, {"_shards": {"total": 1, "successful": 1, "failed": 0}}
            case ["GET", pattern, "_alias"]:
                return 200, {name: {"aliases": {}} for name in self.indices if name.startswith(pattern.rstrip("*"))}
            case ["POST", alias, "_search"]:
                return self._search(alias, lines[0])
            case ["POST", alias, "_count"]:
                return self._count(alias)
            case ["PUT", alias, "_doc", key]:
                return self._store(alias, key, lines[0], parameters)
        raise AssertionError(f"The fake server does not know {method} {target}")

    def _bulk(self, lines):
        items = []
        for action, document in zip(lines[::2], lines[1::2], strict=True):
            target = action["index"]
            self.indices[target["_index"]][target["_id"]] = document
            items.append({"index": {"_index": target["_index"], "_id": target["_id"], "status": 201}})
        return {"took": 1, "errors": False, "items": items}

    def _update_aliases(self, actions):
        for action in actions:
            match action:
                case {"add": {"index": index, "alias": alias}}:
                    self.aliases[alias] = index
                case {"remove_index": {"index": index}}:
                    del self.indices[index]
        return 200, {"acknowledged": True}

    def _search(self, alias, body):
        if alias not in self.aliases:
            return 404, _error("index_not_found_exception")
        words = body["query"]["multi_match"]["query"].lower().split()
        found = [
            {"_index": self.aliases[alias], "_id": key, "_score": 1.0}
            for key, document in self.indices[self.aliases[alias]].items()
            if any(word in f"{document['title']} {document['summary']}".lower() for word in words)
        ]
        hits = {"total": {"value": len(found), "relation": "eq"}, "max_score": 1.0, "hits": found[: body["size"]]}
        return 200, {"took": 1, "timed_out": False, "hits": hits}

    def _count(self, alias):
        if alias not in self.aliases:
            return 404, _error("index_not_found_exception")
        documents = self.indices[self.aliases[alias]]
        return 200, {"count": len(documents), "_shards": {"total": 1, "successful": 1, "failed": 0}}

    def _store(self, alias, key, document, parameters):
        if alias not in self.aliases:
            # The real server creates an index here unless the request requires an alias.
            if parameters.get("require_alias") == "true":
                return 404, _error("index_not_found_exception")
            self.indices[alias] = {}
            self.aliases[alias] = alias
        self.indices[self.aliases[alias]][key] = document
        return 201, {"_index": self.aliases[alias], "_id": key, "result": "created"}


class _Node(BaseNode):
    def perform_request(self, method, target, body=None, headers=None, request_timeout=None):
        if self.server.down:
            raise ConnectionError("connection refused")
        lines = [json.loads(line) for line in (body or b"").splitlines() if line]
        status, answer = self.server.answer(method, target, lines)
        meta = ApiResponseMeta(
            status=status,
            http_version="1.1",
            # Without the first header the client refuses to believe that this is Elasticsearch.
            headers=HttpHeaders({"x-elastic-product": "Elasticsearch", "content-type": "application/json"}),
            duration=0.0,
            node=self.config,
        )
        return TransportApiResponse(meta, json.dumps(answer).encode())

    def close(self):
        pass


def _error(kind):
    return {"error": {"type": kind, "reason": kind, "root_cause": []}, "status": 0}
