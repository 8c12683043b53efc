"""A return says at which places what is wrong; whoever gets it answers point by point."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.workflow.desk import CONTENT, Desk, content, mended
from workflow import clock, engine, undoing
from workflow.answers import Once
from workflow.entering import Entered
from workflow.errors import NotAllowed, NotFound, NotReady
from workflow.installation import read_tx
from workflow.models import ReturnPoint
from workflow.points import answering

SLIP = {"place": "body[2]", "kind": "wording", "text": "日期应为12月25日"}
LACK = {"place": "addressees", "kind": "form", "text": "主送机关漏了省属高校"}
WHOLE = {"text": "语气偏硬"}


def returned(desk: Desk, *points: dict[str, Any], stage: str = "office_review", **how: Any) -> str:
    """Bring a document to a stage and have it sent back to its drafter with points."""
    document = desk.at(stage)
    send_back(desk, document, *points, **how)
    return document


def send_back(desk: Desk, document: str, *points: Any, target: str = "draft", resume: str = "jump") -> None:
    who = desk.holders(document)[0]
    inputs = {"target": target, "resume": resume, "comment": "请修改。", "points": list(points)}
    desk.take(document, who, "send_back", **inputs)


def answer(desk: Desk, document: str, n: int, how: str, note: str = "", *, who: str = "drafter") -> None:
    answering.answer(desk.id(who), document, {n: (how, note)})


def kept(desk: Desk, document: str) -> list[tuple[int, str, str | None, str]]:
    with read_tx() as session:
        found = select(ReturnPoint).where(ReturnPoint.document_id == desk.row(document)["id"])
        return [
            (one.n, one.place, one.answer, one.note) for one in session.scalars(found.order_by(ReturnPoint.n))
        ]


def test_complaint_vague_reasons_of_a_return_are_points_at_places_that_come_back_as_a_list_to_tick_off(
    desk_on_both: Desk,
) -> None:
    desk = desk_on_both
    document = returned(desk, SLIP, LACK, WHOLE)
    given = desk.movements(document)[-1]
    assert [(one["n"], one["kind"], one["place"], one["quoted"]) for one in given.details["points"]] == [
        (1, "wording", "body[2]", "二、按时报送。请于12月20日前报送，联系人见《联络表》。"),
        (2, "form", "addressees", "省直各单位"),
        (3, "other", "", ""),
    ]
    desk.revise(document, "drafter", mended("12月20日", "12月25日"))
    with pytest.raises(NotReady) as refusal:
        desk.take(document, "drafter", "submit")
    assert [str(reason) for reason in refusal.value.reasons] == [
        "Point 1 of the return is not answered yet: 文字: 日期应为12月25日",
        "Point 2 of the return is not answered yet: 格式: 主送机关漏了省属高校",
        "Point 3 of the return is not answered yet: 其他: 语气偏硬",
    ]
    assert not desk.offers(document, "drafter")["submit"]
    answer(desk, document, 1, "changed")
    answering.answer(desk.id("drafter"), document, {2: ("explained", "另行文"), 3: ("changed", "")})
    assert kept(desk, document) == [
        (1, "body[2]", "changed", ""),
        (2, "addressees", "explained", "另行文"),
        (3, "", "changed", ""),
    ]
    last = desk.movements(document)[-1]
    assert (last.action, last.actor, [one["n"] for one in last.details["answers"]]) == (
        "answer_points",
        "drafter",
        [2, 3],
    )
    assert desk.take(document, "drafter", "submit") == "office_review"
    assert desk.findings() == []


def test_one_line_is_enough_and_leaves_nothing_to_tick_off(desk: Desk) -> None:
    document = returned(desk)
    assert "points" not in desk.movements(document)[-1].details
    assert desk.row(document)["open_points"] is None
    assert desk.take(document, "drafter", "submit") == "office_review"


NO_POINTS: list[tuple[list[Any], list[str]]] = [
    ([{"place": "body[9]", "text": "一"}], ["Point 1: the document has no place body[9]"]),
    ([WHOLE, {"text": " "}], ["Say in words what is meant by point 2"]),
    ([{"kind": "taste", "text": "一"}], ["Point 1: there is no kind taste"]),
    ([{"text": "一", "who": "二"}], ["Point 1 has no field who"]),
    (
        [{"place": 3, "text": 4}],
        ["Point 1: the place must be text", "Say in words what is meant by point 1"],
    ),
    (["一"], ["Points are a list; each has a text, and may have a place and a kind"]),
    ([WHOLE] * 51, ["At most 50 points are given at once"]),
]


def test_what_is_no_point_is_refused_with_every_reason(desk: Desk) -> None:
    document = desk.at("office_review")
    before = desk.fingerprint()
    for points, reasons in NO_POINTS:
        with pytest.raises(NotReady) as refusal:
            send_back(desk, document, *points)
        assert [str(reason) for reason in refusal.value.reasons] == reasons
    with pytest.raises(NotReady):
        send_back(desk, document, {"text": "一\x00"})
    assert desk.fingerprint() == before


ANSWERS = [
    ("unit1", 1, "changed", "", NotFound),
    ("clerk", 1, "changed", "", NotAllowed),
    ("drafter", 9, "changed", "", NotFound),
    ("drafter", 1, "explained", " ", NotReady),
    ("drafter", 1, "let_be", "", NotReady),
]


def test_only_whoever_has_the_document_answers_and_says_how(desk: Desk) -> None:
    document = returned(desk, SLIP)
    before = desk.fingerprint()
    for who, n, how, note, error in ANSWERS:
        with pytest.raises(error):
            answer(desk, document, n, how, note, who=who)
    with pytest.raises(NotReady):
        answering.answer(desk.id("drafter"), document, {})
    assert desk.fingerprint() == before


def test_an_answer_is_mended_until_the_document_goes_on_and_the_same_again_changes_nothing(
    desk: Desk,
) -> None:
    document = returned(desk, SLIP)
    version = desk.row(document)["version"]
    answer(desk, document, 1, "changed")
    before = desk.fingerprint()
    answer(desk, document, 1, "changed")
    assert desk.fingerprint() == before
    answer(desk, document, 1, "explained", "原文无误")
    assert desk.row(document)["version"] == version  # whoever is typing need not begin again
    desk.take(document, "drafter", "submit")
    desk.take(document, "drafter", "withdraw")
    with pytest.raises(NotReady, match="settled before"):
        answer(desk, document, 1, "changed")
    assert kept(desk, document) == [(1, "body[2]", "explained", "原文无误")]
    assert desk.findings() == []


def test_a_second_click_answers_once(desk: Desk) -> None:
    document, once = returned(desk, SLIP), Once("k" * 32)
    for _ in range(2):
        answering.answer(desk.id("drafter"), document, {1: ("explained", "另行文")}, once=once)
    assert [one.action for one in desk.movements(document)].count("answer_points") == 1


def test_a_leader_who_gets_a_return_signs_without_ticking_and_the_record_says_so(desk: Desk) -> None:
    document = desk.at("registration")
    send_back(desk, document, SLIP, target="signing")
    assert desk.take(document, "signatory", "sign") == "checking"
    assert kept(desk, document) == [(1, "body[2]", "let_be", "")]
    assert [one.details.get("points_let_be") for one in desk.movements(document) if one.action == "sign"] == [
        None,
        [1],
    ]
    assert desk.findings() == []


def test_a_return_taken_back_takes_its_points_along_and_what_was_let_be_is_open_again(desk: Desk) -> None:
    document = desk.at("registration")
    send_back(desk, document, SLIP, target="signing")
    desk.take(document, "signatory", "send_back", target="draft", resume="step", comment="改", points=[LACK])
    undoing.undo(desk.id("signatory"), document, desk.seq_of(document, "send_back").seq)
    assert kept(desk, document) == [(1, "body[2]", None, "")]
    desk.take(document, "signatory", "sign")
    undoing.undo(desk.id("signatory"), document, desk.seq_of(document, "sign").seq)
    assert kept(desk, document) == [(1, "body[2]", None, "")]
    assert desk.row(document)["open_points"] == 1
    desk.take(document, "signatory", "sign")
    assert desk.findings() == []


def test_points_come_with_a_return_that_the_clerk_enters_for_a_leader(desk: Desk) -> None:
    document = desk.at("signing")
    inputs = {"target": "draft", "comment": "请改。", "points": [SLIP]}
    how = Entered("signatory", "oral", said_at=clock.now(), heard_by="文秘")
    engine.advance(
        desk.id("clerk"), document, "send_back", desk.row(document)["version"], inputs, entered=how
    )
    with read_tx() as session:
        assert session.scalars(select(ReturnPoint.by_id)).all() == [desk.id("signatory")]
    assert desk.findings() == []


def test_verify_finds_points_that_are_not_what_the_movements_say(desk: Desk) -> None:
    document = returned(desk, SLIP)
    answer(desk, document, 1, "changed")
    document_row = f"documents SET open_points = %d WHERE public_id = '{document}'"
    for tampering, back in (
        ("return_points SET text = 'x'", f"return_points SET text = '{SLIP['text']}'"),
        ("return_points SET note = 'x'", "return_points SET note = ''"),
        (document_row % 7, document_row % 0),
    ):
        desk.execute(f"UPDATE {tampering}")
        assert [line for line in desk.findings() if "point" in line]
        desk.execute(f"UPDATE {back}")
        assert desk.findings() == []
    desk.execute("DELETE FROM return_points")
    assert [line for line in desk.findings() if "point 1" in line]


def test_a_paragraph_is_quoted_as_it_stood_however_it_is_changed_later(desk: Desk) -> None:
    document = returned(desk, SLIP)
    desk.revise(document, "drafter", content(body="全部重写。"))
    with read_tx() as session:
        (one,) = session.scalars(select(ReturnPoint)).all()
    assert one.quoted == CONTENT["body"].split("\n")[2]
    assert one.revision == 1
