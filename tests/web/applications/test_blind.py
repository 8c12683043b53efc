"""What others gave, what bodies replied, what was objected: by no address before its time, or ever."""

import pytest

from tests.web.applications.addresses import MADE_PUBLIC
from tests.web.applications.applied import Applied
from tests.web.applications.calling import Callers, calls, path_of
from tests.workflow.applications import campaign as rounds
from workflow.installation import write_tx
from workflow.models import Appointment, Post

pytestmark = pytest.mark.no_cover  # many tries of what other tests cover; tracing doubles their time

# What expert1 gave, as it would be read: points less 7.77, why, and what was said when it was handed in.
GIVEN = ("12.23", "22.23", "27.23", "1223", "2223", "2723", "略有不足", "暗语丁")
SAID = ("暗语己", "暗语庚", "暗语丑")  # a reply, what it found, and what was said when it was weighed
OBJECTED = ("暗语辛", "暗语壬", "暗语癸", "暗语寅")


def pages(applied: Applied, who: str, *prefixes: str) -> list[tuple[str, str]]:
    """Return whatever somebody can read, by its address: of all addresses, or of some."""
    callers, found = Callers(applied, (who,)), []
    for method, rule in sorted(calls(applied.app)):
        if method == "GET" and rule.startswith(prefixes) and not rule.startswith(MADE_PUBLIC):
            path = path_of(rule, applied)
            with callers.call(who, "GET", path) as reply:
                if reply.status_code == 200 and reply.mimetype.startswith(("text/", "application/json")):
                    found.append((path, reply.text))
    return found


def leaks(found: list[tuple[str, str]], words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(path, word) for path, text in found for word in words if word in text]


EVERY_NIGHT = [pytest.param(who, marks=pytest.mark.long) for who in ("unit1", "body1")]
EVERYWHERE = pytest.param(("/",), marks=pytest.mark.long, id="everywhere")
NEAR = pytest.param(("/applications", "/assessments", "/api", "/portal", "/recommend"), id="near")


@pytest.mark.parametrize("prefixes", [NEAR, EVERYWHERE])
@pytest.mark.parametrize("who", ["expert2", *EVERY_NIGHT])
def test_no_score_is_seen_outside_the_office_before_all_have_handed_in(
    applied: Applied, who: str, prefixes: tuple[str, ...]
) -> None:
    applied.at("half_judged")
    found = pages(applied, who, *prefixes)
    assert any("暗语甲" in text for _, text in found), "the application itself is seen"
    assert leaks(found, (*GIVEN, "expert1")) == []


def test_the_office_sees_it_and_so_do_all_who_judged_once_all_have_handed_in(applied: Applied) -> None:
    version = applied.at("half_judged")
    at_office = pages(
        applied, "clerk", "/api/v1/documents/<id>/movements", "/campaigns/<campaign_id>/results/"
    )
    assert {word for _, word in leaks(at_office, GIVEN)} >= {"12.23", "略有不足", "暗语丁"}
    assert applied.people("expert2").act(applied.id, "score", version).status == 200
    beside = pages(applied, "expert2", "/assessments")
    assert {word for _, word in leaks(beside, GIVEN)} >= {"12.23", "略有不足"}
    assert leaks(pages(applied, "unit1", "/applications", "/api", "/portal"), GIVEN) == []


@pytest.mark.parametrize("prefixes", [NEAR, EVERYWHERE])
@pytest.mark.parametrize("who", ["expert1", *EVERY_NIGHT])
def test_no_reply_and_no_objection_ever_leaves_the_office(
    applied: Applied, who: str, prefixes: tuple[str, ...]
) -> None:
    applied.at("spoken_of")
    found = pages(applied, who, *prefixes)
    assert any("暗语甲" in text for _, text in found)
    assert leaks(found, (*SAID, *OBJECTED)) == []


def test_what_is_said_to_the_unit_reaches_it(applied: Applied) -> None:
    version = applied.at("amendment")
    movements = applied.people("unit1").get(f"/documents/{applied.id}/movements").json["items"]
    assert movements[-1]["comment"] == "请补充材料。"
    assert "请补充材料。" in dict(pages(applied, "unit1", "/applications"))[f"/applications/{applied.id}"]
    assert applied.people("unit1").act(applied.id, "resubmit", version).status == 200


def test_the_timeline_says_where_it_went_and_not_why_where_the_why_is_internal(applied: Applied) -> None:
    applied.at("verification")
    address = f"/documents/{applied.id}/movements"
    office = applied.people("clerk").get(address).json["items"]
    said = {line["action"]: line["comment"] for line in office}
    assert said["conclude"] == said["nominate"] == "内部意见暗语丑。"
    assert "暗语寅" in said["verify"]
    for who in ("unit1", "body1", "expert1"):
        lines = applied.people(who).get(address).json["items"]
        told = {line["action"]: line for line in lines}
        assert {line["action"] for line in office} - set(told) <= {"score"}
        assert ("score" in told) is (who == "expert1")
        for act in ("conclude", "nominate", "verify"):
            assert (told[act]["comment"], told[act]["details"]) == ("", {}), (who, act)


def test_a_leader_who_judges_is_shown_no_scores_while_they_may_change(applied: Applied) -> None:
    applied.at("half_judged")
    result = f"/campaigns/{applied.campaign}/results"
    callers = Callers(applied, ("deputy",))
    read = (result, f"{result}/{applied.id}", f"{result}.xlsx")
    movements = f"/api/v1/documents/{applied.id}/movements"
    assert {callers.call("deputy", "GET", path).status_code for path in read} == {200}
    assert "暗语丁" in callers.call("deputy", "GET", movements).text
    with write_tx() as session:
        post = Post(code="expert", unit_id=None, title="评审专家")
        session.add(post)
        session.flush()
        session.add(Appointment(post_id=post.id, user_id=applied.desk.id("deputy")))
    rounds.assign(applied.desk, applied.id, "deputy", "material")
    for path in read:
        refused = callers.call("deputy", "GET", path)
        assert refused.status_code == 403
        assert "评审" in refused.text
    assert "暗语丁" not in callers.call("deputy", "GET", movements).text
    rounds.freeze(applied.campaign)
    assert callers.call("deputy", "GET", result).status_code == 200
