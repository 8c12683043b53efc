"""Applications over the API: begun, changed, moved and read by those to whom they belong."""

import pytest

from tests.web.api.caller import Everybody
from tests.workflow.applications.campaign import complete, content, open_campaign
from tests.workflow.desk import Desk


@pytest.fixture
def campaign(people: Everybody) -> str:
    people("unit1")
    return open_campaign(Desk())


def begin(people: Everybody, data: dict[str, object]) -> str:
    reply = people("unit1").call("POST", "/documents", {"kind": "application", "content": data})
    assert reply.status == 201, reply.body
    return str(reply.json["id"])


def test_a_unit_applies_and_its_body_recommends(people: Everybody, campaign: str) -> None:
    unit, body = people("unit1"), people("body1")
    id_ = begin(people, content(campaign))
    shown = unit.document(id_)
    assert (shown["kind"], shown["state"], shown["version"]) == ("application", "draft", 1)
    assert [action["name"] for action in shown["actions"]] == ["submit", "abandon"]
    assert any("1.1" in reason for reason in shown["actions"][0]["reasons"])
    assert unit.act(id_, "submit", 1).status == 422
    written = unit.write(id_, 1, complete(Desk(), campaign))
    assert written.json["content"]["pledged"] is True
    assert unit.act(id_, "submit", 2).json["state"] == "recommendation"
    assert body.act(id_, "recommend", 2).status == 412
    assert body.act(id_, "qualify", 3).status == 409
    assert people("clerk").act(id_, "recommend", 3).status == 403
    assert body.act(id_, "recommend", 3).json["state"] == "qualification"
    inputs = people("clerk").document(id_)["actions"][2]["inputs"]["properties"]
    assert inputs["item"]["enum"] == ["eligibility", "safety"]
    assert [line["action"] for line in unit.get(f"/documents/{id_}/movements").json["items"]] == [
        "draft",
        "submit",
        "recommend",
    ]
    assert unit.get(f"/documents/{id_}/revisions").json["total"] == 2


def test_an_application_is_nowhere_for_others(people: Everybody, campaign: str) -> None:
    id_ = begin(people, complete(Desk(), campaign))
    people("unit1").act(id_, "submit", 1)
    for who in ("unit2", "body2", "expert1", "drafter", "admin"):
        caller = people(who)
        for part in ("", "/movements", "/revisions", "/files/docx"):
            assert caller.get(f"/documents/{id_}{part}").status == 404
        assert caller.act(id_, "recommend", 2).status == 404
        assert caller.write(id_, 2, content(campaign)).status == 404
        assert caller.get("/documents?kind=application").json["items"] == []
    for who in ("unit1", "body1", "clerk", "auditor"):
        listed = people(who).get("/documents?kind=application").json["items"]
        assert [line["id"] for line in listed] == [id_]
    for who, where in (("unit1", "/documents"), ("body1", "/tasks"), ("clerk", "/tasks?limit=200")):
        assert id_ not in [line["id"] for line in people(who).get(where).json["items"]]
    office = people("clerk").get("/documents?limit=200").json["items"]
    assert id_ not in [line["id"] for line in office]


def test_a_problem_is_told_at_its_field(people: Everybody, campaign: str) -> None:
    data = content(campaign, colour="red", answers=[{"indicator": "1.1", "points": -1}])
    reply = people("unit1").call("POST", "/documents", {"kind": "application", "content": data})
    assert reply.status == 422
    assert len(reply.reasons) == 2
