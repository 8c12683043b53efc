"""Every stage, role and act is as the oracle says."""

import pytest

from tests.workflow.applications import oracle, relations
from tests.workflow.applications.campaign import application, content, open_campaign
from tests.workflow.applications.walking import at, begin, bring, make_ready
from tests.workflow.desk import CONTENT, Desk
from workflow import describe, engine
from workflow.errors import NotAllowed, NotFound, NotReady
from workflow.installation import read_tx

FORWARD = [stage for stage in oracle.STAGES if stage not in ("amendment", "verification")]
SIDEWAYS = [
    (stage, act, to)
    for stage, act, to, _ in oracle.ACTS
    if to in (*oracle.FINALS, "draft") and act != "confer"
]


def test_each_role_sees_and_may_do_what_the_oracle_says_on_the_line(desk: Desk) -> None:
    campaign = open_campaign(desk)
    relations.enter()
    document = begin(desk, campaign)
    for stage in FORWARD:
        bring(desk, campaign, document, stage)
        compare(desk, campaign, document, stage)


@pytest.mark.parametrize("stage", ["amendment", "verification"])
def test_and_beside_the_line(desk: Desk, stage: str) -> None:
    campaign = open_campaign(desk)
    relations.enter()
    compare(desk, campaign, at(desk, campaign, stage), stage)


def compare(desk: Desk, campaign: str, document: str, stage: str) -> None:
    """Compare what everybody sees and may do with the oracle; nothing is changed by those who may not."""
    make_ready(desk, campaign, document)
    version = desk.row(document)["version"]
    for role in oracle.ROLES:
        person = desk.person(role)
        with read_tx() as session:
            if role in oracle.sees(stage):
                found = describe.describe(session, person, document, every_kind=True)
                assert {action.name for action in found.actions} == oracle.acts(stage)
                allowed = {action.name for action in found.actions if action.allowed}
                assert (role, allowed) == (role, oracle.may(role, stage))
                assert (not found.may_not_edit) == (role in oracle.EDITORS.get(stage, ()))
            else:
                with pytest.raises(NotFound):
                    describe.describe(session, person, document, every_kind=True)
        for act in sorted(oracle.acts(stage) - oracle.may(role, stage))[:1]:
            with pytest.raises(NotAllowed if role in oracle.sees(stage) else NotFound):
                engine.advance(person.id, document, act, version, oracle.INPUTS.get(act, {}))
    assert (desk.state(document), desk.row(document)["version"]) == (stage, version)


def test_each_end_is_reached_as_the_oracle_says(desk_on_both: Desk) -> None:
    walk_out(desk_on_both, list({to: (stage, act, to) for stage, act, to in reversed(SIDEWAYS)}.values()))


@pytest.mark.long
def test_each_way_out_leads_where_the_oracle_says(desk: Desk) -> None:
    walk_out(desk, SIDEWAYS)


def walk_out(desk: Desk, ways: list[tuple[str, str, str]]) -> None:
    campaign = open_campaign(desk)
    for stage, act, to in ways:
        document = at(desk, campaign, stage)
        make_ready(desk, campaign, document)
        who = next(who for at_, one, _, who in oracle.ACTS if (at_, one) == (stage, act))
        if act in oracle.COMMENT_REQUIRED:
            with pytest.raises(NotReady, match="意见"):
                desk.take(document, who[0], act, **oracle.INPUTS[act] | {"comment": ""})
        assert desk.take(document, who[0], act, **oracle.INPUTS.get(act, {})) == to
        assert application(document).live is (to == "draft")
        if to == "draft":
            desk.take(document, "unit1", "abandon")
    assert desk.findings() == []


def test_units_apply_and_the_office_drafts(desk: Desk) -> None:
    campaign = open_campaign(desk)
    relations.enter()
    for role in oracle.ROLES:
        category = "campus" if role == "unit1b" else "unit"  # a unit has one application a category
        for kind, given, who in (
            ("application", content(campaign, category), oracle.APPLY),
            ("notice", CONTENT, oracle.DRAFT),
        ):
            if role in who:
                assert engine.draft(desk.id(role), kind, given).document
            else:
                with pytest.raises(NotAllowed):
                    engine.draft(desk.id(role), kind, given)
