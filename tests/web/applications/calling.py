"""Call each address that takes something's name, as somebody to whom what is named does not belong."""

import re
from collections.abc import Iterator
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.web.api.caller import PREFIX
from tests.web.applications.applied import Applied
from tests.web.conftest import token_of
from workflow.demonstration.office import PASSWORD

# What stands in an address for unit1's application and all that hangs on it, by the address's first part and
# the name of the place; "" is any first part. Those of `spoken` stand under their name there.
PLACES = {
    ("", "username"): "unit1",
    ("", "method"): "material",
    ("", "indicator"): "1.1",
    ("", "number"): "0",
    ("", "category"): "unit",
    ("", "list_"): "quotas",
    ("", "item_id"): "1",
    ("", "action"): "abandon",
    ("", "name"): "abandon",
    ("", "group"): "attachments",
    ("", "what"): "pdf",
    ("", "seq"): "1",
    ("", "n"): "1",
    ("", "page"): "1",
    ("", "first"): "1",
    ("", "format_"): "docx",
    ("", "format"): "docx",
    ("", "code"): "unit",
    ("", "which"): "evidence",
    ("", "kind"): "copies",
    ("", "post_id"): "1",
    ("", "series_id"): "1",
    ("", "correspondent_id"): "1",
    ("", "entry_id"): "1",
    ("", "token"): "0" * 32,
    ("", "role"): "clerk",
    ("language", "code"): "en",
    ("administration", "code"): "wmb",
    ("procedures", "kind"): "application",
    ("due-lists", "name"): "titles",
}
NAMES = {"public_id", "id", "application", "campaign", "campaign_id", "sha256", "receipt"}
NOWHERE, NO_NUMBER = "0" * 16, "999999"
FOUND = {
    "unit_id": "unit",
    "title_id": "title",
    "event_id": "event",
    "set_id": "set",
    "indicator_id": "indicator",
    "consultation_id": "consultation",
}


class Callers:
    """People who are signed in, and nobody."""

    def __init__(self, applied: Applied, people: tuple[str, ...]) -> None:
        self.applied, self.app = applied, applied.app
        self.clients = {who: self.app.test_client() for who in (*people, "nobody")}
        for who in people:
            form = {"username": who, "password": PASSWORD, "csrf_token": token_of(self.clients[who])}
            assert self.clients[who].post("/sign-in", data=form).status_code == 302
        self.tokens = {who: token_of(self.clients[who], "/password") for who in people}
        self.tokens["nobody"] = token_of(self.clients["nobody"])

    def call(self, who: str, method: str, path: str) -> TestResponse:
        """Send a request with a form (or, to the API, an object) that says as little as it may."""
        client: Any = self.clients[who]
        if path.startswith(PREFIX):
            sent = {"Accept-Language": "zh", "If-Match": '"1"'}
            if who != "nobody":
                sent["Authorization"] = f"Bearer {self.applied.people(who).token}"
            given = {} if method == "GET" else {"json": {"answer": "changed"}}
            return client.open(path, method=method, headers=sent, **given)
        form = {"csrf_token": self.tokens[who], "version": "1", "comment": "理由", "seq": "1"}
        return client.open(path, method=method, **({} if method == "GET" else {"data": form}))


def calls(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield every method and rule of the application, but those of its own files."""
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.endswith("static"):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, rule.rule


def written_plainly(rule: str) -> str:
    """Return a rule as the table writes it, without what may stand in its places."""
    return re.sub(r"<[^<>]*:(\w+)>", r"<\1>", rule)


def path_of(rule: str, applied: Applied | None) -> str:
    """Return a rule's address with what is unit1's in every place, or with what is nowhere.

    Raises KeyError for a place that is new.
    """
    first = rule.removeprefix(PREFIX).split("/")[1]

    def fill(match: re.Match[str]) -> str:
        name = match[1].rpartition(":")[2]
        if name in NAMES:
            return NOWHERE if applied is None else _named(rule, first, name, applied)
        if name in FOUND:
            return NO_NUMBER if applied is None else applied.found[FOUND[name]]
        return PLACES.get((first, name)) or PLACES["", name]

    return re.sub(r"<([^<>]+)>", fill, rule)


def _named(rule: str, first: str, name: str, applied: Applied) -> str:
    if name in ("sha256", "receipt"):
        return {"sha256": applied.file, "receipt": applied.found["receipt"]}[name]
    if name in ("campaign", "campaign_id") or (first == "campaigns" and name == "public_id"):
        return applied.id if "campaign_id>" in rule and name == "public_id" else applied.campaign
    return {"public": applied.found["notice"], "imports": NOWHERE}.get(first, applied.id)
