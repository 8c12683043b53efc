"""Starts: no number before the registrar has said with which; what lies below is missing and looked into."""

import pytest

from tests.workflow.desk import at
from tests.workflow.register.conftest import CODE, Book
from workflow import clock
from workflow.errors import NotAllowed, NotFound, NotReady
from workflow.installation import read_tx, write_tx
from workflow.models import Counter, Series
from workflow.register import holes, registration, start
from workflow.register.start import confirm_start


def confirm(book: Book, year: int = 2025, serial: int = 4, reason: str = "与纸质登记簿核对") -> None:
    confirm_start(book.registrar, book.series, year, serial, reason)


def test_a_series_gives_no_number_until_its_start_is_confirmed(book_on_both: Book) -> None:
    book, desk = book_on_both, book_on_both.desk
    document = desk.at("registration")
    book.unconfirm()
    before = desk.fingerprint()
    with pytest.raises(NotReady) as refusal:
        desk.take(document, "registrar", "register")
    reason = f"The registrar has not confirmed with which number the series {CODE} starts"
    assert [str(one) for one in refusal.value.reasons] == [reason]
    assert desk.fingerprint() == before
    with read_tx() as session:
        unconfirmed = registration.outlook(session, desk.row(document))
    assert (unconfirmed.expected, unconfirmed.numbers) == (None, {})
    assert [str(one) for one in unconfirmed.why_none] == [reason]
    offered = book.desk.offers(document, "registrar")
    assert not offered["register"]
    with pytest.raises(NotAllowed):
        desk.take(document, "clerk", "register")

    confirm(book)
    assert book.rows() == [(f"〔2025〕{serial}号", "missing", "待查") for serial in (1, 2, 3)]
    with read_tx() as session:
        confirmed = registration.outlook(session, desk.row(document))
    assert confirmed.expected == f"{CODE}〔2025〕4号"
    desk.take(document, "registrar", "register")
    assert desk.row(document)["number"] == confirmed.expected
    details = {"number": confirmed.expected, "before": None, "missing": 3, "reason": "与纸质登记簿核对"}
    assert book.log() == [("series_start_confirmed", CODE, details)]
    assert desk.findings() == []


@pytest.mark.parametrize("who", ["clerk", "drafter", "admin", "signatory"])
def test_only_the_registrar_confirms(standing: Book, who: str) -> None:
    with pytest.raises(NotAllowed):
        confirm_start(standing.desk.id(who), standing.series, 2025, 1, "")


def test_a_series_that_is_none_is_not_found(standing: Book) -> None:
    with pytest.raises(NotFound):
        confirm_start(standing.registrar, 99, 2025, 1, "")


@pytest.mark.parametrize(
    ("year", "serial", "reason", "refusal"),
    [
        (2025, 6, "核对", f"The earliest number that is free is {CODE}〔2025〕7号"),
        (2025, 0, "核对", f"The earliest number that is free is {CODE}〔2025〕7号"),
        (2025, 9, "", "原因 is required"),
        (2025, 9, "秘密★一年", "This system handles no state secrets; use the classified channel."),
        (2025, 3000, "核对", "That would leave 2993 numbers without paper; check the number"),
        (2024, 1, "核对", "The register has numbers of a later year of this series"),
        (2026, 1, "核对", "A series starts in the present year, or in the last while that is open"),
        (2023, 1, "核对", "A series starts in the present year, or in the last while that is open"),
    ],
)
def test_a_start_that_cannot_be_is_refused_and_changes_nothing(
    standing: Book, year: int, serial: int, reason: str, refusal: str
) -> None:
    with read_tx() as session:
        prepared = session.get(Counter, f"series {standing.series} 2025") is not None
    if not prepared:
        with write_tx() as session:
            holes.go_on_after(session, session.get_one(Series, standing.series), 2025, 6, standing.registrar)
        standing.unconfirm()
    before = standing.desk.fingerprint()
    with pytest.raises(NotReady) as refused:
        confirm(standing, year, serial, reason)
    assert refusal in [str(one) for one in refused.value.reasons]
    assert standing.desk.fingerprint() == before


def test_a_start_is_corrected_until_the_first_number_is_given(book: Book) -> None:
    desk = book.desk
    document = desk.at("registration")
    book.unconfirm()
    confirm(book, serial=2)
    with pytest.raises(NotReady, match="The series starts with this number already"):
        confirm(book, serial=2)
    with pytest.raises(NotReady, match="The earliest number that is free is"):
        confirm(book, serial=1)
    with pytest.raises(NotReady, match="is required"):
        confirm(book, serial=3, reason="")
    confirm(book, serial=3, reason="纸质登记簿另有2号")
    assert [state for _, state, _ in book.rows()] == ["missing", "missing"]
    desk.take(document, "registrar", "register")
    assert desk.row(document)["number"] == f"{CODE}〔2025〕3号"
    with pytest.raises(NotReady, match="has given numbers since its start"):
        confirm(book, serial=9)
    assert [(action, details["before"]) for action, _, details in book.log()] == [
        ("series_start_confirmed", None),
        ("series_start_corrected", f"{CODE}〔2025〕2号"),
    ]
    assert desk.findings() == []


def test_nothing_needs_a_reason_where_nothing_is_left_without_paper(book: Book) -> None:
    book.unconfirm()
    confirm(book, serial=1, reason="")
    assert book.rows() == []
    assert book.desk.findings() == []


def test_years_after_the_start_begin_with_one_and_years_before_it_are_not_open(book: Book) -> None:
    desk = book.desk
    with clock.held_at(at(2024, 12, 30)):
        old = desk.at("registration")
    new = desk.at("registration")
    book.unconfirm()
    confirm(book, serial=30)
    desk.take(new, "registrar", "register")
    with pytest.raises(NotReady, match="编号年度 is not one of the choices"):
        desk.take(old, "registrar", "register", year=2024)
    desk.take(old, "registrar", "register", comment="系统自2025年起编号")
    with clock.held_at(at(2026, 1, 5)):
        next_year = desk.at("printing")
    assert [desk.row(one)["number"].removeprefix(CODE) for one in (new, old, next_year)] == [
        "〔2025〕30号",
        "〔2025〕31号",
        "〔2026〕1号",
    ]
    assert desk.findings() == []


def test_where_no_year_is_open_the_registration_says_so(book: Book) -> None:
    document = book.desk.at("registration")
    book.desk.execute("UPDATE series SET closed_year = 2025")
    with pytest.raises(NotReady, match=f"No year of the series {CODE} is open"):
        book.desk.take(document, "registrar", "register")


def test_what_is_proposed_comes_from_the_register_the_counter_and_the_workbook(book: Book) -> None:
    book.unconfirm()

    def proposed() -> dict[int, int]:
        with read_tx() as session:
            return next(one for one in start.starts(session) if one.series.id == book.series).proposals

    assert proposed() == {2025: 1, 2024: 1}
    book.desk.execute("INSERT INTO counters (run, last) VALUES (:run, 7)", run=f"series {book.series} 2025")
    assert proposed() == {2025: 8, 2024: 1}
    book.desk.execute("UPDATE series SET proposed_year = 2025, proposed_serial = 12")
    assert proposed() == {2025: 12, 2024: 1}
    confirm(book, serial=12)
    book.desk.execute("UPDATE series SET closed_year = 2024")
    assert proposed() == {2025: 12}


def test_a_retired_series_is_not_started(book: Book) -> None:
    book.unconfirm()
    book.desk.execute("UPDATE series SET retired = :yes", yes=True)
    with read_tx() as session:
        assert start.starts(session) == []
    with pytest.raises(NotReady, match="is retired and gives no numbers"):
        confirm(book)
