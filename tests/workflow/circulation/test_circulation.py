"""Passing a document round: who sees it, who has read it, what they say, and what it leaves alone."""

import pytest

from tests.workflow.desk import BOTH, Desk
from workflow import desk as looks
from workflow import lists, visibility
from workflow.answers import Once
from workflow.circulation import answering, readers, sending
from workflow.describe import describe
from workflow.errors import NotAllowed, NotFound, NotReady
from workflow.installation import read_tx


def send(desk: Desk, document: str, who: str, *names: str, wants_answer: bool = False) -> None:
    sending.send(desk.id(who), document, names, "请阅示。", wants_answer=wants_answer)


def seen_by(desk: Desk, document: str, who: str) -> bool:
    with read_tx() as session:
        try:
            describe(session, desk.person(who), document)
        except NotFound:
            return False
        return True


def known(desk: Desk, document: str) -> list[readers.Reader]:
    with read_tx() as session:
        return readers.readers_of(session, desk.row(document)["id"])


def waiting(desk: Desk, who: str) -> list[tuple[str, bool]]:
    """Return what lies on a person's reading list: note, and whether an answer is awaited."""
    with read_tx() as session:
        found = lists.circulated(session, desk.person(who))
        return [(one["note"], one["wants_answer"]) for one in found.items]


def refused(desk: Desk, document: str, who: str, *names: str, note: str = "请阅示。") -> list[str]:
    before = desk.fingerprint()
    with pytest.raises(NotReady) as refusal:
        sending.send(desk.id(who), document, names, note)
    assert desk.fingerprint() == before
    return [str(reason) for reason in refusal.value.reasons]


def test_complaint_who_has_read_it_is_told_to_whoever_passed_it_on(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("office_review")
    version = desk.row(document)["version"]
    assert not seen_by(desk, document, "countersigner1")
    send(desk, document, "clerk", "countersigner1", "archivist")
    assert seen_by(desk, document, "countersigner1")
    assert waiting(desk, "countersigner1") == [("请阅示。", False)]
    looks.opened(desk.person("countersigner1"), document)
    assert [one.standing for one in known(desk, document)] == ["opened", "unopened"]
    answering.mark_read(desk.id("countersigner1"), document, known(desk, document)[0].id)
    assert [one.standing for one in known(desk, document)] == ["read", "unopened"]
    assert waiting(desk, "countersigner1") == []
    assert desk.row(document)["version"] == version
    assert desk.findings() == []


def test_a_reader_reads_and_does_nothing_else(desk: Desk) -> None:
    document = desk.at("office_review")
    send(desk, document, "clerk", "countersigner1")
    assert not any(desk.offers(document, "countersigner1").values())
    for act in (
        lambda: desk.take(document, "countersigner1", "approve"),
        lambda: desk.revise(
            document, "countersigner1", {"type": "通知", "title": "关于改的通知", "body": "改。"}
        ),
        lambda: send(desk, document, "countersigner1", "archivist"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_answer_is_an_opinion_on_record_and_leaves_the_document_where_it_is(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("signing")
    before = desk.row(document)
    send(desk, document, "signatory", "countersigner1", wants_answer=True)
    (one,) = known(desk, document)
    answering.mark_read(desk.id("countersigner1"), document, one.id)
    assert waiting(desk, "countersigner1") == [("请阅示。", True)]
    for _ in range(2):
        answering.answer(desk.id("countersigner1"), document, one.id, "建议增加时限。", once=Once("a" * 20))
    assert waiting(desk, "countersigner1") == []
    after = desk.movements(document)[-1]
    assert (after.action, after.source, after.dest) == ("answer_circulation", "signing", "signing")
    assert (after.actor, after.comment) == ("countersigner1", "建议增加时限。")
    assert desk.told("signatory") == ["%(name)s answered what you had passed on: %(answer)s"]
    changed = {name for name, value in desk.row(document).items() if value != before[name]}
    assert changed == {"movements", "last_hash"}
    assert desk.holders(document) == ["signatory"]
    with pytest.raises(NotReady):
        answering.answer(desk.id("countersigner1"), document, one.id, "再说一句。")
    desk.take(document, "signatory", "sign")
    assert desk.findings() == []
    desk.execute("UPDATE circulations SET answer = 'x'")
    assert any("is not what a reader's row says" in line for line in desk.findings())


def test_what_was_taken_back_is_seen_no_longer_unless_it_was_answered(desk: Desk) -> None:
    document = desk.at("office_review")
    send(desk, document, "clerk", *BOTH, wants_answer=True)
    first, second = known(desk, document)
    answering.answer(desk.id("countersigner2"), document, second.id, answering.NO_OPINION)
    sending.withdraw(desk.id("clerk"), document, first.id)
    assert not seen_by(desk, document, "countersigner1")
    assert waiting(desk, "countersigner1") == []
    with pytest.raises(NotFound):
        answering.answer(desk.id("countersigner1"), document, first.id, "同意。")
    with pytest.raises(NotReady):
        sending.withdraw(desk.id("clerk"), document, second.id)
    assert [one.standing for one in known(desk, document)] == ["withdrawn", "answered"]
    send(desk, document, "clerk", "countersigner1")
    assert seen_by(desk, document, "countersigner1")


@pytest.mark.parametrize(
    ("stage", "who", "may"),
    [
        ("draft", "drafter", True),
        ("office_review", "drafter", True),
        ("office_review", "unit_head", True),
        ("office_review", "clerk", True),
        ("office_review", "deputy", True),
        ("office_review", "registrar", True),
        ("issued", "archivist", True),
        ("issued", "countersigner1", False),
    ],
)
def test_who_may_pass_a_document_on(desk: Desk, stage: str, who: str, may: bool) -> None:
    document = desk.at(stage)
    if may:
        send(desk, document, who, "countersigner2")
        assert [one.kind for one in known(desk, document)] == [
            "copy_to" if stage == "issued" else "circulate"
        ]
    else:
        with pytest.raises(NotAllowed):
            send(desk, document, who, "countersigner2")


def test_a_draft_is_not_for_strangers_to_pass_on(desk: Desk) -> None:
    document = desk.draft()
    for who in ("clerk", "signatory", "unit1"):
        with pytest.raises(NotFound):
            send(desk, document, who, "countersigner1")
    send(desk, document, "drafter", "clerk")
    with pytest.raises(NotAllowed):
        send(desk, document, "clerk", "countersigner1")


def test_a_wrong_choice_of_readers_is_refused_with_every_reason(desk: Desk) -> None:
    document = desk.at("office_review")
    send(desk, document, "clerk", "countersigner1")
    assert refused(desk, document, "clerk", "countersigner1", "clerk", "unit1", "nobody", note=" ") == [
        f"{desk.person('countersigner1').name} already has it to read",
        "You need not pass a document to yourself",
        "There is nobody called unit1 in the office",
        "There is nobody called nobody in the office",
        "Say why it is passed on",
    ]
    assert refused(desk, document, "clerk") == ["Nobody was chosen to read it"]


def test_a_return_leaves_what_was_passed_round_untouched(desk: Desk) -> None:
    document = desk.at("signing")
    send(desk, document, "signatory", *BOTH, wants_answer=True)
    before = known(desk, document)
    desk.send_back(document, "signatory", "draft", "step")
    assert known(desk, document) == before
    assert readers.unanswered(before) == [desk.person(name).name for name in BOTH]


def test_what_is_marked_for_few_is_read_by_those_to_whom_it_was_passed(desk: Desk) -> None:
    document = desk.at("registration")
    desk.take(document, "registrar", "register", restricted=True)
    desk.bring(document, "issued")
    assert not seen_by(desk, document, "countersigner1")
    send(desk, document, "registrar", "countersigner1")
    assert seen_by(desk, document, "countersigner1")
    assert visibility.ISSUED[0] == desk.state(document)
