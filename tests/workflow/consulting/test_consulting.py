"""Bodies are written to, each once; their replies are kept from those who judge; then it is concluded."""

from datetime import timedelta
from typing import Any

import pytest

from tests.files import png_file
from tests.workflow.applications import campaign as rounds
from tests.workflow.applications.walking import at
from tests.workflow.desk import Desk
from workflow import clock
from workflow.campaigns.finding import find
from workflow.consulting import letters, register, replying, sight
from workflow.errors import ContentError, NotAllowed, NotFound, NotReady
from workflow.installation import read_tx
from workflow.work import load_content

BODIES = ("省信用办", "省应急管理厅")
PNG = png_file()
GIVEN = {"text": "现就附件所列单位征求你单位意见。"}


def in_days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def letter(campaign: str, desk: Desk, **changes: Any) -> list[str]:
    return letters.draft_letters(desk.id("clerk"), campaign, GIVEN | {"due_on": in_days(10)} | changes)


def asked(desk: Desk, campaign: str, who: str = "clerk") -> list[register.Asked]:
    with read_tx() as session:
        return register.asked(session, desk.person(who), find(session, campaign))


def reply(desk: Desk, campaign: str, body: str, **given: Any) -> None:
    usual = {"reply": "none", "replied_on": in_days(0)}
    replying.enter_reply(desk.id("clerk"), campaign, body, usual | given)


def two_at_consultation(desk: Desk) -> tuple[str, list[str]]:
    campaign = rounds.open_campaign(desk, bodies=BODIES, methods=[])
    return campaign, [at(desk, campaign, "consultation", who) for who in ("unit1", "unit2")]


def test_each_body_gets_one_letter_that_is_a_notice_of_its_own(desk_on_both: Desk) -> None:
    desk = desk_on_both
    campaign, _ = two_at_consultation(desk)
    drafted = letter(campaign, desk)
    assert [desk.row(one)["type"] for one in drafted] == ["函", "函"]
    assert {desk.row(one)["drafter_id"] for one in drafted} == {desk.id("clerk")}
    with pytest.raises(NotReady, match="Every body has its letter"):
        letter(campaign, desk)
    one, two = asked(desk, campaign)
    assert (one.body, one.letter and one.letter.public_id, one.overdue) == (BODIES[0], drafted[0], False)
    assert two.letter is not None
    assert two.letter.state == "draft"
    desk.bring(drafted[0], "issued")
    issued = asked(desk, campaign)[0].letter
    assert issued is not None
    assert issued.number
    assert desk.findings() == []


def test_a_letter_lists_who_applies_in_a_table_and_says_until_when_to_reply(desk: Desk) -> None:
    campaign, _ = two_at_consultation(desk)
    (first, *_) = letter(campaign, desk, due_on=in_days(0))
    with read_tx() as session:
        content = load_content(session, desk.row(first)["id"], 1)
    today = clock.today()
    assert content.addressees == BODIES[0]
    assert f"请于{today.year}年{today.month}月{today.day}日前" in content.body
    rows = content.attachments[0].body.splitlines()
    assert [row.split(" | ")[1] for row in rows[2:]] == ["省交通运输厅", "省农业农村厅"]


def test_what_an_interrupted_act_drafted_is_found_and_a_fallen_letter_is_drafted_anew(desk: Desk) -> None:
    campaign, _ = two_at_consultation(desk)
    first, second = letter(campaign, desk)
    desk.execute("UPDATE consultations SET letter_id = NULL")
    assert letter(campaign, desk, text="另一段文字。") == [first, second]

    desk.execute("UPDATE documents SET state = 'terminated' WHERE public_id = :one", one=first)
    (anew,) = letter(campaign, desk)
    assert [one.letter and one.letter.public_id for one in asked(desk, campaign)] == [anew, second]


def test_replies_are_entered_and_a_late_one_is_overdue(desk: Desk) -> None:
    campaign, (first, second) = two_at_consultation(desk)
    letter(campaign, desk)
    desk.execute("UPDATE consultations SET due_on = '2020-01-01'")
    assert [one.overdue for one in asked(desk, campaign)] == [True, True]
    found = [{"application": first, "text": "有行政处罚记录。"}]
    reply(desk, campaign, BODIES[0], reply="objection", findings=found)
    replying.give_up(desk.id("clerk"), campaign, BODIES[1], {"reason": "多次催办未复。"})
    assert [one.overdue for one in asked(desk, campaign)] == [False, False]
    assert asked(desk, campaign)[0].found == ((desk.row(first)["id"], "有行政处罚记录。"),)
    clerk = desk.id("clerk")
    assert replying.conclude(clerk, campaign, found=False).done == 1
    assert (desk.state(first), desk.state(second)) == ("consultation", "deliberation")
    assert replying.conclude(clerk, campaign, found=True).done == 1
    assert desk.state(first) == "deliberation"


def test_what_cannot_be_concluded_says_why_and_holds_up_nothing(desk: Desk) -> None:
    campaign, _ = two_at_consultation(desk)
    reply(desk, campaign, BODIES[0])
    outcome = replying.conclude(desk.id("clerk"), campaign, found=False)
    assert outcome.done == 0
    assert [str(reasons[0].params["body"]) for _, reasons in outcome.failed] == [BODIES[1]] * 2


def test_incomplete_letters_and_replies_are_refused(desk: Desk) -> None:
    campaign, _ = two_at_consultation(desk)
    for unsent in ({"text": ""}, {"due_on": "2020-01-01"}, {"due_on": "soon"}):
        with pytest.raises(ContentError):
            letter(campaign, desk, **unsent)
    for given in (
        {"reply": ""},
        {"replied_on": "2999-01-01"},
        {"reply": "objection"},
        {"reply": "objection", "findings": [{"application": "unknown", "text": "不属实"}]},
    ):
        with pytest.raises(ContentError):
            reply(desk, campaign, BODIES[0], **given)
    assert [one.settled for one in asked(desk, campaign)] == [False, False]


def test_units_and_assessors_never_see_a_reply_and_the_office_does(desk: Desk) -> None:
    campaign, (first, _) = two_at_consultation(desk)
    found = [{"application": first, "text": "有行政处罚记录。"}]
    file = ("复函.png", PNG)
    given = {"reply": "objection", "replied_on": in_days(0), "findings": found}
    replying.enter_reply(desk.id("clerk"), campaign, BODIES[0], given, file)
    rounds.assign(desk, first, "auditor", "survey")
    with read_tx() as session:
        of = find(session, campaign)
        seen = {
            who: (
                len(sight.replies(session, desk.person(who), of)),
                bool(sight.findings(session, desk.person(who), of)),
            )
            for who in ("clerk", "deputy", "unit1", "unit2", "body1", "expert1", "drafter", "auditor")
        }
        assert seen == {
            "clerk": (1, True),
            "deputy": (1, True),
            **dict.fromkeys(("unit1", "unit2", "body1", "expert1", "drafter", "auditor"), (0, False)),
        }
        for who, error in (("unit1", NotAllowed), ("expert1", NotAllowed), ("auditor", NotFound)):
            with pytest.raises(error):
                replying.fetch_file(session, desk.person(who), campaign, BODIES[0])
        kept = replying.fetch_file(session, desk.person("clerk"), campaign, BODIES[0])
    assert (kept.content, kept.name) == (PNG, "复函.png")


def test_only_the_clerk_acts(desk: Desk) -> None:
    campaign = rounds.open_campaign(desk, bodies=BODIES)
    for who in ("unit1", "expert1", "deputy", "drafter"):
        actor = desk.id(who)
        for act, *more in (
            (letters.draft_letters, GIVEN),
            (replying.enter_reply, BODIES[0], {}),
            (replying.give_up, BODIES[0], {"reason": "x"}),
        ):
            with pytest.raises(NotAllowed):
                act(actor, campaign, *more)
        with pytest.raises(NotAllowed):
            replying.conclude(actor, campaign, found=False)
