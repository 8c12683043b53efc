"""Asking the drafter: the document stays with the leader, the text as it is; the answer is told."""

import pytest

from tests.workflow.desk import Desk
from workflow import describe, opinions, questions
from workflow.errors import NotAllowed, NotReady
from workflow.installation import read_tx


def ask(desk: Desk, document: str, question: str = "经费从哪里出？", who: str = "signatory") -> str:
    return desk.take(document, who, "ask_drafter", comment=question)


def rounds(desk: Desk, document: str) -> list[tuple[str, str | None]]:
    found = questions.rounds(desk.movements(document))
    return [(one.question.comment, one.answer.comment if one.answer else None) for one in found]


def asked_of(desk: Desk, who: str) -> list[tuple[str, str]]:
    with read_tx() as session:
        return [
            (one.public_id, one.question.comment) for one in questions.asked_of(session, desk.person(who))
        ]


def test_the_drafter_is_asked_and_answers_and_the_leader_keeps_the_document(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("signing")
    text = desk.row(document)["content_sha256"]
    assert ask(desk, document) == "signing"
    assert desk.row(document)["question_by_id"] == desk.id("signatory")
    assert desk.told("drafter")[-1] == questions.ASKED
    assert asked_of(desk, "drafter") == [(document, "经费从哪里出？")]
    assert asked_of(desk, "clerk") == []
    assert desk.take(document, "drafter", "answer", comment="从工作经费列支。") == "signing"
    assert desk.holders(document) == ["signatory"]
    assert desk.told("signatory")[-1] == questions.ANSWERED
    assert questions.ASKED not in desk.told("drafter")
    assert asked_of(desk, "drafter") == []
    assert rounds(desk, document) == [("经费从哪里出？", "从工作经费列支。")]
    assert desk.row(document)["content_sha256"] == text
    assert desk.findings() == []


def test_one_question_is_open_at_a_time_and_there_may_be_several_rounds(desk: Desk) -> None:
    document = desk.at("signing")
    with pytest.raises(NotReady, match="No question"):
        desk.take(document, "drafter", "answer", comment="答。")
    ask(desk, document, "一问")
    with pytest.raises(NotReady, match="wait for the answer"):
        ask(desk, document, "再问")
    desk.take(document, "drafter", "answer", comment="一答")
    ask(desk, document, "二问")
    desk.take(document, "drafter", "answer", comment="二答")
    assert rounds(desk, document) == [("一问", "一答"), ("二问", "二答")]


@pytest.mark.parametrize(
    ("who", "asks", "answers"),
    [
        ("signatory", True, False),
        ("drafter", False, True),
        ("clerk", False, False),
        ("unit_head", False, False),
        ("deputy", False, False),
    ],
)
def test_who_holds_it_asks_and_the_drafter_alone_answers(
    desk: Desk, who: str, asks: bool, answers: bool
) -> None:
    document = desk.at("signing")
    assert desk.offers(document, who)["ask_drafter"] is asks
    ask(desk, document)
    assert desk.offers(document, who)["answer"] is answers
    if not answers:
        with pytest.raises(NotAllowed):
            desk.take(document, who, "answer", comment="答。")


@pytest.mark.parametrize("action", ["ask_drafter", "answer"])
def test_words_are_asked_for(desk: Desk, action: str) -> None:
    document = desk.at("signing")
    if action == "answer":
        ask(desk, document)
    with pytest.raises(NotReady, match="意见"):
        desk.take(document, "signatory" if action == "ask_drafter" else "drafter", action, comment=" ")


def test_the_leader_in_charge_asks_too(desk: Desk) -> None:
    document = desk.at("leader_review", urgency="加急")
    ask(desk, document, who="deputy")
    desk.take(document, "drafter", "answer", comment="已核实。")
    assert desk.take(document, "deputy", "approve") == "signing"


@pytest.mark.parametrize(
    ("action", "inputs", "to"),
    [("sign", {}, "checking"), ("send_back", {"comment": "请改。"}, "draft")],
)
def test_the_leader_may_decide_without_the_answer_and_the_question_is_over(
    desk: Desk, action: str, inputs: dict[str, str], to: str
) -> None:
    document = desk.at("signing")
    ask(desk, document)
    assert desk.take(document, "signatory", action, **inputs) == to
    assert desk.row(document)["question_by_id"] is None
    assert asked_of(desk, "drafter") == []
    assert questions.ASKED not in desk.told("drafter")
    assert rounds(desk, document) == [("经费从哪里出？", None)]


def test_the_answer_reaches_whoever_has_the_document_by_then_too(desk: Desk) -> None:
    document = desk.at("signing")
    ask(desk, document)
    desk.take(document, "signatory", "ask_signer", signer="deputy")
    desk.take(document, "drafter", "answer", comment="已核实。")
    assert questions.ANSWERED in desk.told("signatory")
    assert questions.ANSWERED in desk.told("deputy")


def test_a_drafter_whose_account_is_closed_is_not_asked(desk: Desk) -> None:
    document = desk.at("signing")
    desk.close_account("drafter")
    with pytest.raises(NotReady, match="account is closed"):
        ask(desk, document)


def test_questions_stand_among_the_opinions_and_not_on_the_sheet(desk: Desk) -> None:
    document = desk.at("signing")
    ask(desk, document)
    desk.take(document, "drafter", "answer", comment="已核实。")
    desk.take(document, "signatory", "sign", comment="同意。")
    with read_tx() as session:
        found = describe.describe(session, desk.person("signatory"), document)
        passages = describe.movements(session, found.document["id"])
    boxes = {box.stage: box for row in opinions.boxes(found, passages) for box in row.boxes}
    assert [one.comment for one in boxes["signing"].opinions] == ["同意。"]
    said = [one.comment for one in opinions.opinions(found, passages)]
    assert said[-3:] == ["经费从哪里出？", "已核实。", "同意。"]
