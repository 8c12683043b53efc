"""Every stage, act and account of an application through HTTP: exactly what the office's rules say.

The rules are written by hand in tests/workflow/applications/oracle.py. A refused try writes nothing, and says
why in both languages.
"""

import pytest

from tests.web.applications.applied import OURS, Applied
from tests.web.stand import try_once
from tests.workflow.applications import oracle
from tests.workflow.applications.campaign import complete
from tests.workflow.desk import CONTENT

pytestmark = pytest.mark.no_cover  # many tries of what other tests cover; tracing doubles their time

EVERYBODY = (oracle.NOBODY, *oracle.ROLES)
OUTSIDE = ("unit1", "unit2", "body1", "body2", "expert1", "expert3", "clerk")
PLACES = (*oracle.STAGES, "unassigned", "half_judged", *oracle.ENDED)
NOWHERE = "teleport"
ALL_ACTS = sorted({act for _, act, _, _ in oracle.ACTS} | {NOWHERE})


def places(*every_day: str) -> list[object]:
    return [pytest.param(one, marks=() if one in every_day else pytest.mark.long) for one in PLACES]


@pytest.mark.parametrize("place", places("half_judged"))
def test_exactly_those_acts_go_through_that_the_rules_name(applied: Applied, place: str) -> None:
    version = applied.at(place)
    for act in [*sorted(oracle.acts(place)), NOWHERE]:
        for who in EVERYBODY:
            try_it(applied, place, version, who, act)


@pytest.mark.long
@pytest.mark.parametrize("place", PLACES)
def test_no_act_of_another_stage_goes_through(applied: Applied, place: str) -> None:
    version = applied.at(place)
    for act in ALL_ACTS:
        for who in OUTSIDE if act not in oracle.acts(place) else ():
            try_it(applied, place, version, who, act)


def try_it(applied: Applied, place: str, version: int, who: str, act: str) -> None:
    wanted = oracle.answer(who, place, act)
    if try_once(applied, who, applied.id, version, act, wanted):
        applied.put_back(OURS, place)


@pytest.mark.parametrize("place", places("half_judged"))
def test_what_is_shown_and_offered_is_what_the_rules_name(applied: Applied, place: str) -> None:
    applied.at(place)
    address = f"/documents/{applied.id}"
    for who in oracle.ROLES:
        caller = applied.people(who)
        sees = who in oracle.sees(place)
        for part in ("", "/movements", "/revisions"):
            assert (caller.get(address + part).status == 200) is sees, (who, part)
        assert caller.get(f"{address}/files/docx").status == 404, who
        listed = caller.get("/documents?kind=application&limit=200").json["items"]
        assert (applied.id in [line["id"] for line in listed]) is sees, who
        if sees:
            offered = {action["name"]: action for action in caller.document(applied.id)["actions"]}
            assert set(offered) == oracle.acts(place)
            for name, action in offered.items():
                able = oracle.answer(who, place, name) == 200
                assert action["allowed"] is able, (who, name)
                assert bool(action["reasons"]) is not able


@pytest.mark.parametrize("place", places("amendment"))
def test_the_text_is_changed_only_by_the_unit_while_it_has_it(applied: Applied, place: str) -> None:
    version = applied.at(place)
    changed = complete(applied.desk, applied.campaign) | {"honours": "省级先进单位"}
    for who in oracle.ROLES:
        reply = applied.people(who, "en").write(applied.id, version, changed)
        if who not in oracle.sees(place):
            assert reply.status == 404, who
        elif who in oracle.EDITORS.get(place, ()):
            assert reply.status == 200, (who, reply.body)
            applied.put_back(OURS, place)
        else:
            assert reply.status == 403, (who, reply.body)
            assert reply.reasons
    assert applied.version(applied.id) == version


@pytest.mark.long
def test_units_apply_and_the_office_drafts(applied: Applied) -> None:
    applied.at("draft")
    for who in oracle.ROLES:
        for kind, given, able in (
            ("application", {"campaign": applied.campaign, "category": "campus"}, oracle.APPLY),
            ("notice", CONTENT, oracle.DRAFT),
        ):
            reply = applied.people(who).call("POST", "/documents", {"kind": kind, "content": given})
            assert reply.status == (201 if who in able else 403), (who, kind, reply.body)
            applied.put_back(OURS, "draft")
