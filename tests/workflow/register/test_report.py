"""The report: every number from the first to the highest, and what is to be said of it."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert

from tests.workflow.desk import at, opened
from tests.workflow.register.conftest import CODE, MOMENT, Book, book_of
from workflow import clock
from workflow.errors import NotAllowed, NotFound
from workflow.installation import read_tx, write_tx
from workflow.models import Import, PastRecord
from workflow.register import book as reading
from workflow.register.book import Chosen
from workflow.register.outside import use_outside
from workflow.register.report import Report, report
from workflow.register.reserved import reserve
from workflow.register.settling import explain
from workflow.register.start import confirm_start

TITLE = "关于补登事项的通知"


@pytest.fixture(scope="module")
def written(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Give a register that started with 5: used 5, 6, 8; reserved 7 and used late; 9 outside, 10 reserved."""
    folder = tmp_path_factory.mktemp("register")
    shutil.copy(office_template, folder / "office.db")
    with opened(f"sqlite:///{folder / 'office.db'}", folder) as desk:
        book = book_of(desk)
        with clock.held_at(MOMENT):
            book.unconfirm()
            confirm_start(book.registrar, book.series, 2025, 5, "核对")
            explain(book.registrar, book.id_of(2), "编号后未印发")
            for _ in range(2):
                desk.at("printing")
            reserve(book.registrar, book.series, 2025, "综合处", "待会签", date(2025, 12, 1))
            desk.at("printing")
        with clock.held_at(at(2025, 11, 24)):
            late = desk.at("registration", title=TITLE)
            desk.take(late, "registrar", "register", reserved=f"{CODE}〔2025〕7号")
            use_outside(book.registrar, book.series, 2025, "涉密", classified=True)
            reserve(book.registrar, book.series, 2025, "宣传处", "待审", date(2025, 11, 30))
        yield book


def accounted(book: Book, who: str = "registrar", code: str = CODE, year: int = 2025) -> Report:
    with read_tx() as session:
        return report(session, book.desk.person(who), code, year)


def test_every_number_is_accounted_for(written: Book) -> None:
    found = accounted(written)
    assert [(one.first, one.last, one.state, one.line.get("reason")) for one in found.stretches] == [
        (1, 1, "missing", "待查"),
        (2, 2, "missing", "编号后未印发"),
        (3, 4, "missing", "待查"),
        (5, 8, "used", ""),
        (9, 9, "outside", "涉密"),
        (10, 10, "reserved", "待审"),
    ]
    assert (found.start, found.last, found.unaccounted) == (5, 10, [])
    assert found.counts == {"missing": 4, "used": 4, "outside": 1, "reserved": 1}
    assert sum(found.counts.values()) == found.last
    assert [line["serial"] for line in found.unexplained] == [1, 3, 4]


def test_a_number_without_a_row_stands_in_the_report(written: Book) -> None:
    with write_tx() as session:
        session.connection().exec_driver_sql("UPDATE counters SET last = 12 WHERE run LIKE 'series%'")
    try:
        found = accounted(written)
        assert found.unaccounted == [11, 12]
        assert (found.stretches[-1].first, found.stretches[-1].state) == (11, "none")
    finally:
        with write_tx() as session:
            session.connection().exec_driver_sql("UPDATE counters SET last = 10 WHERE run LIKE 'series%'")


def test_the_one_number_that_is_out_of_order_is_named_and_not_those_after_it(written: Book) -> None:
    assert [line["serial"] for line in accounted(written).out_of_order] == [7]


def test_reservations_whose_time_is_over_are_named(written: Book) -> None:
    assert accounted(written).expired == []
    with clock.held_at(at(2025, 12, 1)):
        assert [line["serial"] for line in accounted(written).expired] == [10]


def test_numbers_that_two_past_documents_bear_are_named(written: Book) -> None:
    with write_tx() as session:
        kept = {"public_id": "i", "kind": "past", "state": "done", "name": "登记簿.xlsx", "report": {}}
        session.execute(insert(Import).values(id=1, at=clock.stamp(), done=1, total=1, **kept))
        record = {"import_id": 1, "row": 7, "agency_code": CODE, "year": 2025, "serial": 5, "duplicate": True}
        words = {"written_number": f"{CODE}[2025]5号", "signatory": "", "addressees": "", "source": ""}
        session.execute(insert(PastRecord).values(document_id=1, **record, **words))
    found = accounted(written).duplicates
    assert [(one["serial"], one["written_number"], one["row"], one["workbook"]) for one in found] == [
        (5, f"{CODE}[2025]5号", 7, "登记簿.xlsx")
    ]
    assert accounted(written, year=2024).duplicates == []


def test_the_report_shows_no_title_that_the_reader_may_not_see(written: Book) -> None:
    assert TITLE in str(accounted(written).out_of_order)
    assert TITLE not in str(accounted(written, "countersigner1").out_of_order)


def test_the_report_is_for_the_office_and_for_a_series_that_there_is(written: Book) -> None:
    for who in ("admin", "unit1", "auditor"):
        with pytest.raises(NotAllowed):
            accounted(written, who)
    with pytest.raises(NotFound):
        accounted(written, code="没有的字")
    assert accounted(written, year=1999).last == 0


@pytest.mark.parametrize(
    ("chosen", "serials"),
    [
        (Chosen(), [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]),
        (Chosen(CODE, 2025, "missing"), [4, 3, 2, 1]),
        (Chosen(state="reserved"), [10]),
        (Chosen(words="补登"), [7]),
        (Chosen(words="[2025]9号"), [9]),
        (Chosen(words="未印发"), [2]),
        (Chosen(words="宣传处"), [10]),
        (Chosen(words="补登 通知"), [7]),
        (Chosen(words="%"), []),
        (Chosen(words="_"), []),
        (Chosen(series="豫直文明办函"), []),
        (Chosen(year=2024), []),
    ],
)
def test_the_register_is_narrowed_by_series_year_state_and_words(
    written: Book, chosen: Chosen, serials: list[int]
) -> None:
    with read_tx() as session:
        person = written.desk.person("registrar")
        assert [line["serial"] for line in reading.entries(session, person, chosen).items] == serials
        assert [line["serial"] for line in reading.ledger(session, person, chosen)] == serials[::-1]
        assert reading.counts(session, person, chosen)[chosen.state or ""] == len(serials)


def test_words_of_a_title_find_nothing_for_those_who_may_not_see_it(written: Book) -> None:
    with read_tx() as session:
        person = written.desk.person("countersigner1")
        assert reading.entries(session, person, Chosen(words="补登")).items == []
        assert reading.counts(session, person, Chosen())[""] == 10


def test_on_both_databases_the_same_is_read(book_on_both: Book) -> None:
    book = book_on_both
    book.desk.at("printing", title=TITLE)
    reserve(book.registrar, book.series, 2025, "综合处", "待会签", date(2025, 12, 1))
    with read_tx() as session:
        person = book.desk.person("registrar")
        chosen = Chosen(CODE, 2025, "used", "补登")
        [line] = reading.ledger(session, person, chosen)
        assert reading.counts(session, person, chosen) == {"used": 1, "": 1}
    named = ("title", "type", "sent_to", "copies", "signatory", "unit", "imported", "unseen")
    assert [line[name] for name in named] == [
        TITLE,
        "通知",
        "省直各单位、省委宣传部",
        98,
        "主任",
        "综合处",
        False,
        False,
    ]
    assert accounted(book).counts == {"used": 1, "reserved": 1}
