"""A document's way through the office."""

import pytest

from tests.workflow.desk import BOTH, Desk, at, content, mended
from workflow import clock, engine
from workflow.errors import NoSuchStep, NotAllowed, NotFound, NotReady, Stale

WHOLE = [
    ("draft", "", "draft"),
    ("submit", "draft", "unit_review"),
    ("approve", "unit_review", "countersign"),
    ("countersign", "countersign", "countersign"),
    ("countersign", "countersign", "office_review"),
    ("approve", "office_review", "leader_review"),
    ("skip", "leader_review", "signing"),
    ("sign", "signing", "co_signing"),
    ("skip", "co_signing", "checking"),
    ("check", "checking", "registration"),
    ("register", "registration", "printing"),
    ("send_to_print", "printing", "printing"),
    ("finish_printing", "printing", "sealing"),
    ("seal", "sealing", "dispatch"),
    ("issue", "dispatch", "issued"),
    ("archive", "issued", "archived"),
]


def reasons(refusal: pytest.ExceptionInfo) -> list[str]:
    return [str(reason) for reason in refusal.value.reasons]


def test_a_notice_goes_the_whole_way_and_every_step_is_recorded(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("archived", BOTH)
    assert desk.way(document) == WHOLE
    row = desk.row(document)
    assert row["number"] == f"豫直文明办〔{clock.today().year}〕1号"
    assert row["dated"] == row["printed_on"] == clock.today()
    assert row["archival_code"] == f"Z109-WS·{clock.today().year}-D30-BGS-0001"
    assert desk.holders(document) == []
    assert {one.content_sha256 for one in desk.movements(document)} == {row["content_sha256"]}
    assert desk.findings() == []


def test_each_movement_follows_on_the_one_before(desk: Desk) -> None:
    found = desk.movements(desk.at("issued"))
    assert [one.prev for one in found] == [None, *(one.hash for one in found[:-1])]


def test_a_step_names_the_post_in_which_it_was_taken(desk: Desk) -> None:
    desk.appoint("clerk", "registrar")
    document = desk.at("registration")
    desk.take(document, "clerk", "register")
    found = {one.action: (one.actor, one.post) for one in desk.movements(document)}
    assert found["check"] == ("clerk", "办公室文秘")
    assert found["register"] == ("clerk", "登记员")


def test_the_number_comes_with_registration_and_never_before(desk: Desk) -> None:
    document = desk.at("registration")
    assert desk.row(document)["number"] is None
    assert desk.register() == []
    desk.bring(document, "printing")
    assert desk.register() == [(desk.row(document)["number"], "used", "")]


def test_a_step_on_an_older_version_is_refused(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("unit_review")
    seen = desk.row(document)["version"]
    desk.revise(document, "unit_head", content(title="关于报送工作总结的通知"))
    with pytest.raises(Stale) as refusal:
        engine.advance(desk.id("unit_head"), document, "approve", seen)
    assert refusal.value.version == seen + 1
    with pytest.raises(Stale):
        engine.revise(desk.id("unit_head"), document, seen, content())


def test_the_version_goes_up_with_every_change_and_with_nothing_else(desk: Desk) -> None:
    document = desk.draft()
    versions = [desk.row(document)["version"]]
    desk.revise(document, "drafter", content())
    versions.append(desk.row(document)["version"])
    desk.revise(document, "drafter", content(note="此件公开发布"))
    versions.append(desk.row(document)["version"])
    desk.take(document, "drafter", "submit")
    versions.append(desk.row(document)["version"])
    assert versions == [1, 1, 2, 3]


@pytest.mark.parametrize(
    ("who", "action", "refusal"),
    [
        ("unit_head", "archive", NoSuchStep),
        ("clerk", "approve", NotAllowed),
        ("countersigner1", "approve", NotFound),
        ("admin", "approve", NotFound),
        ("unit1", "approve", NotFound),
    ],
)
def test_who_may_not_take_a_step_is_refused_and_nothing_changes(
    desk: Desk, who: str, action: str, refusal: type[Exception]
) -> None:
    document = desk.at("unit_review")
    before = desk.fingerprint()
    with pytest.raises(refusal):
        desk.take(document, who, action)
    assert desk.fingerprint() == before


def test_somebody_whose_account_was_closed_can_do_nothing_more(desk: Desk) -> None:
    document = desk.at("unit_review")
    desk.close_account("unit_head")
    with pytest.raises(NotFound):
        desk.take(document, "unit_head", "approve")


def test_a_post_taken_away_between_seeing_and_acting_counts(desk: Desk) -> None:
    document = desk.at("registration")
    desk.appoint("clerk", "registrar")
    desk.dismiss("registrar", "registrar")
    desk.take(document, "clerk", "register")
    desk.dismiss("clerk", "registrar")
    desk.appoint("drafter", "registrar")
    with pytest.raises(NotAllowed):
        desk.take(document, "clerk", "send_to_print")


def test_all_reasons_come_at_once(desk: Desk) -> None:
    document = desk.at("signing")
    with pytest.raises(NotReady) as refusal:
        desk.take(document, "signatory", "send_back", target="printing", colour="red")
    assert reasons(refusal) == [
        "This step does not ask for colour",
        "退回到 is not one of the choices",
        "意见 is required",
    ]


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["nobody"], "There is nobody called nobody in the office"),
        (["unit1"], "There is nobody called unit1 in the office"),
        (["admin"], "There is nobody called admin in the office"),
        (["drafter"], "The drafter cannot be chosen for this"),
    ],
)
def test_only_others_of_the_office_can_be_asked_to_countersign(
    desk: Desk, names: list[str], reason: str
) -> None:
    document = desk.draft()
    with pytest.raises(NotReady) as refusal:
        desk.take(document, "drafter", "submit", countersigners=names)
    assert reasons(refusal) == [reason]


def test_a_holder_changes_the_text_in_place_and_is_not_its_drafter(desk: Desk) -> None:
    document = desk.at("office_review")
    before = desk.row(document)
    desk.revise(document, "clerk", mended("按时报送", "如期报送"), reason="用词")
    after = desk.row(document)
    assert (after["drafter_id"], after["revision"]) == (before["drafter_id"], 2)
    last = desk.movements(document)[-1]
    assert (last.action, last.actor, last.comment) == ("revise", "clerk", "用词")
    assert last.content_sha256 == after["content_sha256"] != before["content_sha256"]


@pytest.mark.parametrize("who", ["countersigner1", "drafter", "clerk"])
def test_countersigners_and_those_who_do_not_hold_it_leave_the_text_alone(desk: Desk, who: str) -> None:
    document = desk.at("countersign", ["countersigner1"])
    with pytest.raises(NotAllowed):
        desk.revise(document, who, mended("按时", "如期"))


def test_earlier_opinions_stay_on_the_text_they_were_given_on(desk: Desk) -> None:
    document = desk.at("office_review")
    old = desk.row(document)["content_sha256"]
    desk.revise(document, "clerk", mended("按时", "如期"))
    desk.bring(document, "checking")
    given = {(one.action, one.source): one.content_sha256 for one in desk.movements(document)}
    assert given["approve", "unit_review"] == old
    assert given["sign", "signing"] == desk.row(document)["signed_sha256"] != old


def test_a_document_is_dated_on_the_day_of_sign_off_and_printed_on_the_day_of_printing(desk: Desk) -> None:
    with clock.held_at(at(2024, 4, 7)):
        document = desk.at("signing")
    with clock.held_at(at(2024, 4, 9, 0)):  # still 8 April in UTC
        desk.bring(document, "printing")
    with clock.held_at(at(2024, 4, 12)):
        desk.bring(document, "dispatch")
    with clock.held_at(at(2024, 4, 15)):
        desk.bring(document, "issued")
    row = desk.row(document)
    assert (str(row["dated"]), str(row["printed_on"])) == ("2024-04-09", "2024-04-12")
    assert row["issued_at"].startswith("2024-04-15T02:00")


def test_reading_changes_nothing(desk: Desk) -> None:
    document = desk.at("signing")
    before = desk.fingerprint()
    for who in ("drafter", "clerk", "signatory"):
        desk.offers(document, who)
    assert desk.fingerprint() == before


def test_the_drafter_is_told_when_it_is_issued(desk: Desk) -> None:
    desk.at("issued")
    assert desk.told("drafter") == ["Issued as %(number)s"]
    assert [line.partition(";")[0] for line in desk.told("signatory")] == [
        "Your document went out as %(number)s"
    ]


def test_a_document_without_a_seal_passes_sealing_over_on_record(desk: Desk) -> None:
    document = desk.at("dispatch", seal=False)
    assert ("skip", "sealing", "dispatch") in desk.way(document)


def test_an_urgent_document_goes_to_the_leader_in_charge(desk: Desk) -> None:
    document = desk.at("leader_review", urgency="特急")
    assert desk.holders(document) == ["deputy"]


def test_whoever_drives_it_needs_no_input_but_a_comment_going_back(desk: Desk) -> None:
    document = desk.at("issued", ["countersigner1"], urgency="加急")
    assert desk.row(document)["copies"] == 98
    assert desk.row(document)["distribution"] == "省直各单位、省委宣传部"


def test_a_draft_is_ended_with_a_reason(desk: Desk) -> None:
    document = desk.draft()
    with pytest.raises(NotReady):
        desk.take(document, "drafter", "terminate")
    assert desk.take(document, "drafter", "terminate", comment="重复") == "terminated"
    assert desk.holders(document) == []


@pytest.mark.parametrize("stage", ["registration", "printing", "sealing", "dispatch"])
def test_a_document_is_voided_before_it_is_issued_and_its_number_is_spent(desk: Desk, stage: str) -> None:
    document = desk.at(stage)
    number = desk.row(document)["number"]
    assert desk.take(document, "registrar", "void", comment="主送机关有误") == "voided"
    assert desk.register() == ([(number, "void", "主送机关有误")] if number else [])
    other = desk.row(desk.at("printing"))["number"]
    assert other.endswith("〕2号" if number else "〕1号")
    assert desk.findings() == []


def test_an_issued_document_is_not_voided(desk: Desk) -> None:
    with pytest.raises(NoSuchStep):
        desk.take(desk.at("issued"), "registrar", "void", comment="有误")
