"""Who sees a document: by its id, in lists, in search."""

import pytest

from tests.web import oracle
from tests.web.api import texts
from tests.web.api.caller import Everybody

pytestmark = pytest.mark.no_cover  # many tries of what other tests cover; tracing doubles their time


@pytest.mark.parametrize("state", oracle.READERS)
def test_a_document_is_seen_by_exactly_those_who_may_see_it(people: Everybody, state: str) -> None:
    id_ = people("drafter").draft(texts.PLAIN).json["id"]
    if state != "draft":
        target = "registration" if state == "under way" else "issued"
        people.bring_to(id_, target, restricted=state == "restricted")
    found, listed, searched = set(), set(), set()
    for who in oracle.ACCOUNTS:
        replies = [people(who).get(f"/documents/{id_}{part}") for part in ("", "/movements", "/revisions")]
        statuses = {reply.status for reply in replies}
        assert statuses in ({200}, {404}), who
        found |= {who} if statuses == {200} else set()
        items = people(who).get("/documents?limit=200").json["items"]
        listed |= {who} if id_ in [item["id"] for item in items] else set()
        hits = people(who).get("/archive?q=礼仪讲座").json["items"]
        searched |= {who} if id_ in [item["id"] for item in hits] else set()
    assert found == listed == oracle.READERS[state]
    assert searched == (oracle.READERS[state] if state in ("issued", "restricted") else set())
