"""Assessors judge what they are given, blind to one another; the office assigns, sends back and freezes."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from states.errors import NotAllowed, NotReady
from tests.workflow.applications import campaign as rounds
from tests.workflow.assessment import judging
from tests.workflow.desk import Desk, opened
from workflow import clock, verify
from workflow.assessment import assigning, declaring, freezing, giving, returning, scoring, sheets
from workflow.assessment.recusing import recusals
from workflow.assessment.results import results
from workflow.assessment.spreading import Given
from workflow.campaigns.finding import find
from workflow.errors import NotFound
from workflow.installation import read_tx, write_tx
from workflow.models import Appointment, Notice, OfficeChange, Post, Recusal, Unit


@pytest.fixture(scope="module")
def desk(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give one office to all tests of this file: each has a campaign of its own."""
    data = tmp_path_factory.mktemp("judging")
    shutil.copy(office_template, data / "office.db")
    with opened(f"sqlite:///{data / 'office.db'}", data) as desk:
        yield desk


@pytest.fixture
def campaign(desk: Desk) -> str:
    return judging.open_campaign(desk)


def messages(refused: pytest.ExceptionInfo[NotReady]) -> list[str]:
    return [str(reason) for reason in refused.value.reasons]


def notes(action: str) -> list[dict[str, str]]:
    with read_tx() as session:
        return list(session.scalars(select(OfficeChange.details).where(OfficeChange.action == action)))


@contextmanager
def belonging(desk: Desk, who: str, unit: str) -> Iterator[None]:
    """Give somebody a post in a unit besides their own, for a while."""
    with write_tx() as session:
        unit_id = session.scalars(select(Unit.id).where(Unit.name == unit)).one()
        post = Post(code="member", unit_id=unit_id, title="成员")
        session.add(post)
        session.flush()
        post_id = post.id
        session.add(Appointment(post_id=post_id, user_id=desk.id(who)))
    try:
        yield
    finally:
        with write_tx() as session:
            session.execute(delete(Appointment).where(Appointment.post_id == post_id))


def sheet(desk: Desk, who: str, document: str, method: str = "material") -> sheets.MySheet:
    with read_tx() as session:
        return sheets.my_sheet(session, desk.person(who), document, method)


def test_tasks_follow_an_assignment_that_comes_later(desk: Desk, campaign: str) -> None:
    document = judging.apply(desk, campaign, stage="material_review")
    assert desk.holders(document) == ["clerk"]
    judging.assign(desk, document, "material", "expert1", "expert2")
    assert desk.holders(document) == ["expert1", "expert2"]
    assert notes("assessor_assigned")[-1] == {"method": "material", "to": desk.person("expert2").name}
    assigning.reassign(desk.id("clerk"), document, "material", "expert2", "expert3", "出差")
    assert desk.holders(document) == ["expert1", "expert3"]
    assert notes("assessor_changed")[-1]["reason"] == "出差"


def test_one_act_gives_every_application_the_assessors_that_it_lacks(desk: Desk, campaign: str) -> None:
    documents = [judging.apply(desk, campaign, who) for who in ("unit1", "unit2", "unit3")]
    judging.assign(desk, documents[0], "material", "expert3")
    done = assigning.assign_evenly(desk.id("clerk"), campaign, list(rounds.EXPERTS), "20260401")
    assert (done.given, done.lacking) == (11, 0)
    everyone = [who for document in documents for who, _ in judging.assigned(document)]
    assert {everyone.count(who) for who in rounds.EXPERTS} == {4}
    assert ("expert3", "material") in judging.assigned(documents[0])
    assert assigning.assign_evenly(desk.id("clerk"), campaign, ["expert1"], "2").given == 0
    assert notes("assessors_assigned")[-2]["seed"] == "20260401"


def test_nobody_is_assigned_to_their_own_unit_or_to_what_it_recommends(desk: Desk, campaign: str) -> None:
    document = judging.apply(desk, campaign)
    with belonging(desk, "expert1", "省交通运输厅"), belonging(desk, "expert2", "省直示范工委"):
        for who in ("expert1", "expert2"):
            with pytest.raises(NotReady, match="must not judge"):
                judging.assign(desk, document, "material", who)
        done = assigning.assign_evenly(desk.id("clerk"), campaign, list(rounds.EXPERTS), "1")
    assert (done.given, done.lacking) == (2, 2)
    assert {who for who, _ in judging.assigned(document)} == {"expert3"}


def test_the_door_itself_refuses_whoever_must_not_judge(desk: Desk, campaign: str) -> None:
    document = judging.apply(desk, campaign)
    row, people = rounds.application(document), [desk.id(who) for who in rounds.EXPERTS]
    all_of_them = [Given(row.document_id, row.unit_id, "site", person) for person in people]
    with belonging(desk, "expert1", "省交通运输厅"), pytest.raises(NotReady), write_tx() as session:
        giving.give(session, recusals(session, row.campaign_id), all_of_them, people[0], clock.stamp())
    assert judging.assigned(document) == {}


def test_an_assessor_who_recuses_themselves_hands_on_what_they_had(desk: Desk, campaign: str) -> None:
    document = judging.apply(desk, campaign, stage="material_review")
    judging.assign(desk, document, "material", "expert1", "expert2")
    judging.assign(desk, document, "site", "expert1")
    judging.give(desk, document, "expert1", "material")
    declaring.recuse_oneself(desk.id("expert1"), document, "配偶在该单位任职")
    assert set(judging.assigned(document)) == {
        ("expert2", "material"),
        ("expert3", "material"),
        ("expert2", "site"),
    }
    assert desk.holders(document) == ["expert2", "expert3"]
    with pytest.raises(NotFound):
        sheet(desk, "expert1", document)
    with pytest.raises(NotReady):
        judging.assign(desk, document, "site", "expert1")
    with read_tx() as session:
        kept = select(Recusal.reason).where(Recusal.campaign_id == rounds.application(document).campaign_id)
        assert session.scalars(kept).all() == ["配偶在该单位任职"]


def test_a_recusal_that_nobody_can_make_good_is_told_to_the_office(desk: Desk, campaign: str) -> None:
    document = judging.apply(desk, campaign)
    judging.assign(desk, document, "material", "expert1")
    row = rounds.application(document)
    with belonging(desk, "expert2", "省交通运输厅"), belonging(desk, "expert3", "省交通运输厅"):
        declaring.declare(desk.id("clerk"), campaign, "expert1", row.unit_id, "本人申请")
    assert judging.assigned(document) == {}
    with read_tx() as session:
        told = select(Notice.message).where(Notice.document_id == row.document_id)
        assert session.scalars(told.where(Notice.user_id == desk.id("clerk"))).all() == [
            "An assessor was recused, and nobody else could be given the application"
        ]


def test_who_was_forgotten_judges_after_the_stage_and_an_assessor_too_many_is_taken_away(
    desk: Desk, campaign: str
) -> None:
    document = judging.apply(desk, campaign, stage="material_review")
    judging.assign(desk, document, "material", "expert1", "expert2")
    assigning.take_away(desk.id("clerk"), document, "material", "expert2", "误分")
    assert desk.holders(document) == ["expert1"]
    judging.assign(desk, document, "material", "expert3")
    judging.hand_in(desk, document, "expert3", "material")
    with pytest.raises(NotReady, match="give it to another"):
        assigning.take_away(desk.id("clerk"), document, "material", "expert1", "误分")
    assigning.reassign(desk.id("clerk"), document, "material", "expert1", "expert2", "出差")
    judging.hand_in(desk, document, "expert2", "material")
    with pytest.raises(NotReady, match="judged already"):
        judging.assign(desk, document, "material", "expert1")
    judging.assign(desk, document, "site", "expert1")
    judging.hand_in(desk, document, "expert1", "site")
    assert desk.state(document) == "consultation"
    judging.assign(desk, document, "site", "expert2")
    judging.hand_in(desk, document, "expert2", "site")
    assert all(judging.assigned(document).values())


def test_what_is_typed_is_kept_and_what_is_wrong_is_told(desk: Desk, campaign: str) -> None:
    document = judging.apply(desk, campaign)
    judging.assign(desk, document, "material", "expert1")
    given = {"1.1": ("12.55", ""), "1.2": ("31", "x"), "2.2": ("", "待查"), "2.1": ("1", ""), "9": ("1", "")}
    saved = scoring.save(desk.id("expert1"), document, "material", given, remark="尚可")
    assert [(one.where, one.params) for one in saved.problems] == [("1.2", {"most": "30"})]
    assert (saved.scored, saved.of, saved.total) == (0, 3, 1255)  # 12.55 of 20 needs a reason
    found = sheet(desk, "expert1", document)
    assert [(line.node.code, line.points, line.reason) for line in found.lines] == [
        ("1.1", 1255, ""),
        ("1.2", None, "x"),
        ("2.2", None, "待查"),
    ]
    assert found.assignment.remark == "尚可"
    more = scoring.save(
        desk.id("expert1"), document, "material", {"1.1": ("12.55", "少一项"), "1.2": ("30", "")}
    )
    assert more.scored == 2


def test_a_sheet_is_handed_in_once_it_is_complete_and_is_fixed_then(desk: Desk, campaign: str) -> None:
    document = judging.apply(desk, campaign, stage="material_review")
    judging.assign(desk, document, "material", "expert1", "expert2")
    judging.give(desk, document, "expert1", "material", off=100)
    scoring.save(desk.id("expert1"), document, "material", {"1.1": ("1", "")})
    with pytest.raises(NotReady, match="1 indicators are not scored yet"):
        scoring.hand_in(desk.id("expert1"), document, "material")
    judging.hand_in(desk, document, "expert1", "material", off=100)
    assert judging.assigned(document)["expert1", "material"]
    with pytest.raises(NotReady, match="handed it in"):
        judging.give(desk, document, "expert1", "material")
    assert desk.holders(document) == ["expert2"]
    judging.hand_in(desk, document, "expert2", "material")
    assert desk.state(document) == "site_visit"


def test_what_others_gave_is_hidden_until_all_have_handed_in(desk: Desk, campaign: str) -> None:
    document = judging.apply(desk, campaign, stage="material_review")
    judging.assign(desk, document, "material", "expert1", "expert2", "expert3")
    for who in ("expert1", "expert2"):
        judging.hand_in(desk, document, who, "material")
    judging.give(desk, document, "expert3", "material", off=200)
    for who in rounds.EXPERTS:
        assert sheet(desk, who, document).others == ()
    scoring.hand_in(desk.id("expert3"), document, "material")
    for who in rounds.EXPERTS:
        assert {other.username for other in sheet(desk, who, document).others} == {*rounds.EXPERTS} - {who}
    returning.send_back(desk.id("clerk"), document, "material", "expert1", "分差过大")
    assert sheet(desk, "expert2", document).others == ()


def test_what_is_not_assigned_to_somebody_is_not_there_for_them(desk: Desk, campaign: str) -> None:
    document = judging.apply(desk, campaign)
    judging.assign(desk, document, "material", "expert1")
    for who, method in (
        ("expert1", "site"),
        ("expert2", "material"),
        ("unit1", "material"),
        ("clerk", "site"),
    ):
        with pytest.raises(NotFound):
            sheet(desk, who, document, method)
        with pytest.raises(NotFound):
            scoring.save(desk.id(who), document, method, {})


def test_only_the_office_clerk_assigns_sends_back_and_freezes(desk: Desk, campaign: str) -> None:
    document = judging.apply(desk, campaign)
    judging.assign(desk, document, "material", "expert1")
    for who in map(desk.id, ("drafter", "signatory", "expert1", "unit1")):
        for act in (
            lambda who: assigning.assign(who, document, "site", "expert2"),
            lambda who: assigning.reassign(who, document, "material", "expert1", "expert2", "x"),
            lambda who: assigning.take_away(who, document, "material", "expert1", "x"),
            lambda who: assigning.assign_evenly(who, campaign, ["expert1"], "1"),
            lambda who: returning.send_back(who, document, "material", "expert1", "x"),
            lambda who: freezing.freeze(who, campaign),
        ):
            with pytest.raises(NotAllowed):
                act(who)


def test_a_sheet_that_comes_back_after_its_stage_is_handed_in_again(desk: Desk, campaign: str) -> None:
    document = judging.apply(desk, campaign, stage="material_review")
    judging.assign(desk, document, "material", "expert1", "expert2")
    judging.assign(desk, document, "site", "expert1", "expert2")
    for who in ("expert1", "expert2"):
        judging.hand_in(desk, document, who, "material")
    before = desk.row(document)["version"]
    returning.send_back(desk.id("clerk"), document, "material", "expert1", "请复核1.1")
    assert sheet(desk, "expert1", document).assignment.returned == "请复核1.1"
    judging.hand_in(desk, document, "expert1", "material", off=100)
    assert (desk.state(document), desk.row(document)["version"]) == ("site_visit", before)
    moves = [(one.action, one.comment) for one in desk.movements(document)[-2:]]
    assert moves == [("return_scores", "请复核1.1"), ("score_again", "")]
    assert list(verify.findings()) == []


def test_a_sheet_that_comes_back_at_its_stage_is_the_assessors_again(desk: Desk, campaign: str) -> None:
    document = judging.apply(desk, campaign, stage="material_review")
    judging.assign(desk, document, "material", "expert1", "expert2")
    judging.hand_in(desk, document, "expert1", "material")
    returning.send_back(desk.id("clerk"), document, "material", "expert1", "再看")
    assert set(desk.holders(document)) == {"expert1", "expert2"}
    judging.hand_in(desk, document, "expert2", "material")
    assert desk.state(document) == "material_review"
    judging.hand_in(desk, document, "expert1", "material")
    assert desk.state(document) == "site_visit"


def judged(desk: Desk, campaign: str, who: str, offs: tuple[int, int, int, int], **words: str) -> str:
    """Bring an application to deliberation, each of its four sheets less so many hundredths an indicator."""
    document = judging.apply(desk, campaign, who, "material_review")
    for method, pair in (("material", offs[:2]), ("site", offs[2:])):
        judging.assign(desk, document, method, "expert1", "expert2")
        for expert, off in zip(("expert1", "expert2"), pair, strict=True):
            judging.hand_in(desk, document, expert, method, off, **words if expert == "expert1" else {})
    desk.take(document, "clerk", "conclude")
    return document


def test_results_rank_flag_and_name_what_is_missing_and_freezing_stores_them(
    desk: Desk, campaign: str
) -> None:
    first = judged(desk, campaign, "unit1", (0, 0, 0, 0))
    second = judged(desk, campaign, "unit2", (0, 400, 100, 0))
    late = judging.apply(desk, campaign, "unit3", "material_review")
    judging.assign(desk, late, "material", "expert1")
    with read_tx() as session:
        (category, *_) = results(session, find(session, campaign))
        wrong = freezing.why_not(find(session, campaign), results(session, find(session, campaign)))
    found = [(one.key, one.rank, one.total, [gap.indicator for gap in one.gaps]) for one in category.results]
    # of 10000: material 8500 and 7900 of 8500 (mean 7900), site 4300 and 4500 of 4500 (mean 4400)
    assert found == [(first, 1, 10000, []), (second, 2, 9488, [""]), (late, None, None, [])]
    assert [(one.method, one.assigned, one.wanted) for one in category.results[2].short] == [
        ("material", 1, 2),
        ("site", 0, 2),
    ]
    assert [reason.message for reason in wrong] == [
        "%(count)s applications stand at the stage %(stage)s",
        "The scores of %(unit)s are not complete",
    ]
    with pytest.raises(NotReady):
        freezing.freeze(desk.id("clerk"), campaign)
    desk.take(late, "unit3", "abandon", comment="不再申报")
    assert freezing.freeze(desk.id("clerk"), campaign) == 2
    row = rounds.application(second)
    assert (row.total, row.rank, row.reckoning["total"]) == (9488, 2, 9488)
    assert desk.findings() == []
    for points, told in (
        ("points - 1", ["application " + second + ": its frozen total is not what its scores come to"]),
        ("points + 1", []),
    ):
        desk.execute(
            f"UPDATE scores SET points = {points} WHERE points > 0 AND assignment_id IN"
            " (SELECT id FROM assignments WHERE document_id = :of)",
            of=row.document_id,
        )
        assert desk.findings() == told
    for refused in (
        lambda: returning.send_back(desk.id("clerk"), first, "site", "expert1", "x"),
        lambda: freezing.freeze(desk.id("clerk"), campaign),
        lambda: scoring.save(desk.id("expert1"), first, "site", {}),
        lambda: assigning.assign_evenly(desk.id("clerk"), campaign, ["expert1"], "1"),
    ):
        with pytest.raises(NotReady, match="frozen"):
            refused()


def test_a_veto_leaves_an_application_without_points_and_rank(desk: Desk, campaign: str) -> None:
    document = judged(desk, campaign, "unit1", (0, 0, 0, 0), veto="弄虚作假")
    with read_tx() as session:
        (category, *_) = results(session, find(session, campaign))
    (result,) = category.results
    assert (result.key, result.total, result.rank, result.vetoed) == (document, 0, None, True)
    assert {one["reason"] for one in result.reckoning["vetoes"]} == {"弄虚作假"}
