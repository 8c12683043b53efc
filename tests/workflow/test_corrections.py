"""The drafter asks for a correction after sign-off; whoever has the document decides and makes it."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.workflow.desk import Desk, mended
from workflow import corrections
from workflow.answers import Once
from workflow.errors import NotAllowed, NotFound, NotReady
from workflow.installation import read_tx
from workflow.models import Correction

PLACE, WORDS = "正文第1段", "“现将”应为“兹将”"


def ask(desk: Desk, document: str, who: str = "drafter", words: str = WORDS, **how: Any) -> None:
    corrections.request(desk.id(who), document, PLACE, words, **how)


def kept(desk: Desk, document: str) -> list[tuple[int, str | None, str]]:
    with read_tx() as session:
        found = select(Correction).where(Correction.document_id == desk.row(document)["id"])
        return [(one.seq, one.outcome, one.answer) for one in session.scalars(found.order_by(Correction.id))]


def test_a_slip_found_after_sign_off_is_asked_for_accepted_and_mended_by_the_holder(
    desk_on_both: Desk,
) -> None:
    desk = desk_on_both
    document = desk.at("checking")
    ask(desk, document)
    assert desk.told("clerk")[-1] == corrections.ASKED
    ((seq, *_),) = kept(desk, document)
    corrections.accept(desk.id("clerk"), document, seq)
    assert "%(name)s accepted the correction that you asked for: %(place)s" in desk.told("drafter")
    assert (
        desk.revise(document, "clerk", mended("现将", "兹将"), change="wording", reason=WORDS) == "checking"
    )
    acts = [
        (one.action, one.actor, one.source, one.dest, one.comment) for one in desk.movements(document)[-3:]
    ]
    assert acts == [
        ("request_correction", "drafter", "checking", "checking", WORDS),
        ("accept_correction", "clerk", "checking", "checking", ""),
        ("revise", "clerk", "checking", "checking", WORDS),
    ]
    assert kept(desk, document) == [(seq, "accepted", "")]
    assert desk.findings() == []


def test_it_is_declined_with_a_reason_and_answered_once(desk: Desk) -> None:
    document = desk.at("registration")
    ask(desk, document)
    ((seq, *_),) = kept(desk, document)
    with pytest.raises(NotReady, match="Say why"):
        corrections.decline(desk.id("registrar"), document, seq, " ")
    with pytest.raises(NotReady):  # the text is not changed here: it is sent back first
        corrections.accept(desk.id("registrar"), document, seq)
    corrections.decline(desk.id("registrar"), document, seq, "原文无误")
    with pytest.raises(NotReady, match="answered already"):
        corrections.decline(desk.id("registrar"), document, seq, "原文无误")
    assert kept(desk, document) == [(seq, "declined", "原文无误")]
    assert "%(name)s declined the correction of %(place)s: %(reason)s" in desk.told("drafter")
    assert desk.findings() == []


@pytest.mark.parametrize(
    ("stage", "who", "error", "match"),
    [
        ("office_review", "drafter", NotReady, "between sign-off and issuing"),
        ("issued", "drafter", NotReady, "between sign-off and issuing"),
        ("checking", "signatory", NotAllowed, "Only the drafter"),
        ("checking", "unit1", NotFound, "^$"),
    ],
)
def test_only_the_drafter_asks_and_only_between_sign_off_and_issuing(
    desk: Desk, stage: str, who: str, error: type[Exception], match: str
) -> None:
    document = desk.at(stage)
    before = desk.fingerprint()
    with pytest.raises(error, match=match):
        ask(desk, document, who)
    assert desk.fingerprint() == before


def test_only_whoever_has_the_document_answers_and_the_drafter_who_has_it_need_not_ask(desk: Desk) -> None:
    document = desk.at("checking")
    ask(desk, document)
    ((seq, *_),) = kept(desk, document)
    for who in ("drafter", "signatory"):
        with pytest.raises(NotAllowed):
            corrections.accept(desk.id(who), document, seq)
    with pytest.raises(NotFound):
        corrections.accept(desk.id("clerk"), document, seq + 1)
    own = desk.bring(desk.draft("clerk"), "checking")
    with pytest.raises(NotReady, match="make the correction"):
        ask(desk, own, "clerk")


def test_a_second_click_asks_once_and_the_same_is_not_asked_twice(desk: Desk) -> None:
    document, once = desk.at("checking"), Once("k" * 32)
    for _ in range(2):
        ask(desk, document, once=once)
    with pytest.raises(NotReady, match="asked for already"):
        ask(desk, document)
    with pytest.raises(NotReady, match="how it should read"):
        ask(desk, document, words="")
    assert len(kept(desk, document)) == 1


def test_one_that_waits_goes_on_with_the_document(desk: Desk) -> None:
    document = desk.at("registration")
    ask(desk, document)
    ((seq, *_),) = kept(desk, document)
    desk.send_back(document, "registrar", "checking")
    corrections.accept(desk.id("clerk"), document, seq)
    assert kept(desk, document) == [(seq, "accepted", "")]


def test_verify_finds_what_the_record_does_not_bear_out(desk: Desk) -> None:
    ask(desk, desk.at("checking"))
    for change in ("outcome = 'accepted', answered_by = 1, answered_at = at", "words = '别的'"):
        desk.execute(f"UPDATE corrections SET {change}")
        assert any("what is kept of correction" in line for line in desk.findings())


def test_the_database_refuses_half_an_answer(desk_on_both: Desk) -> None:
    ask(desk_on_both, desk_on_both.at("checking"))
    for change in ("outcome = 'accepted'", "outcome = 'lost'", "answered_at = at"):
        with pytest.raises(IntegrityError):
            desk_on_both.execute(f"UPDATE corrections SET {change}")
