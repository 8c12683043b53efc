"""What becomes of a number that no document has: explained, or void for good."""

from datetime import date

import pytest

from tests.workflow.register.conftest import CODE, Book
from workflow.errors import NotAllowed, NotFound, NotReady
from workflow.installation import read_tx
from workflow.register import book as reading
from workflow.register.reserved import reserve
from workflow.register.settling import explain, void
from workflow.register.start import confirm_start


def start_with_3(book: Book) -> Book:
    book.unconfirm()
    confirm_start(book.registrar, book.series, 2025, 3, "核对")
    return book


def test_a_missing_number_gets_its_reason_and_then_a_better_one(book: Book) -> None:
    holed = start_with_3(book)
    entry = holed.id_of(1)
    explain(holed.registrar, entry, "原件未归档")
    explain(holed.registrar, entry, "编号后未印发，登记员当时漏记")
    assert holed.rows()[0] == ("〔2025〕1号", "missing", "编号后未印发，登记员当时漏记")
    with read_tx() as session:
        history = reading.history(session, f"{CODE}〔2025〕1号")
    assert [(one["by"], one["details"]) for one in history] == [
        ("登记员", {"before": "原件未归档", "reason": "编号后未印发，登记员当时漏记"}),
        ("登记员", {"before": "待查", "reason": "原件未归档"}),
    ]
    assert holed.desk.findings() == []


@pytest.mark.parametrize("reason", ["", "待查"])
def test_an_explanation_explains(book: Book, reason: str) -> None:
    start_with_3(book)
    with pytest.raises(NotReady):
        explain(book.registrar, book.id_of(1), reason)
    assert book.rows()[0][2] == "待查"


def test_missing_and_reserved_numbers_are_voided_and_never_given_again(book_on_both: Book) -> None:
    holed = start_with_3(book_on_both)
    reserved = reserve(holed.registrar, holed.series, 2025, "综合处", "待会签", date(2025, 12, 1))
    void(holed.registrar, holed.id_of(2), "纸质登记簿已注销")
    void(holed.registrar, reserved, "不再印发")
    assert holed.rows()[1:] == [
        ("〔2025〕2号", "void", "纸质登记簿已注销"),
        ("〔2025〕3号", "void", "不再印发"),
    ]
    assert holed.log()[-1][2] == {
        "before": "reserved",
        "reason_before": "待会签",
        "for": "综合处",
        "until": "2025-12-01",
        "reason": "不再印发",
    }
    assert holed.desk.row(holed.desk.at("printing"))["number"] == f"{CODE}〔2025〕4号"
    assert holed.desk.findings() == []


def test_a_number_in_another_state_is_left_as_it_is(book: Book) -> None:
    document = book.desk.at("printing")
    entry = book.id_of(1)
    before = book.desk.fingerprint()
    for verb in (explain, void):
        with pytest.raises(NotReady, match="〔2025〕1号 is 已用"):
            verb(book.registrar, entry, "因")
        with pytest.raises(NotAllowed):
            verb(book.desk.id("clerk"), entry, "因")
        with pytest.raises(NotFound):
            verb(book.registrar, entry + 1, "因")
    assert book.desk.fingerprint() == before
    book.desk.take(document, "registrar", "void", comment="有误")
    with pytest.raises(NotReady, match="〔2025〕1号 is 作废"):
        void(book.registrar, entry, "再作废")
