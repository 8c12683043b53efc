"""Reserved numbers: set aside for somebody until a day, used by a registration, never given twice."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from tests.workflow.desk import Desk, at
from tests.workflow.register.conftest import CODE, Book, book_of
from workflow import clock, engine
from workflow.answers import Once
from workflow.describe import describe
from workflow.errors import NotAllowed, NotReady
from workflow.installation import read_tx
from workflow.register import reserved
from workflow.register.reserved import reserve
from workflow.register.settling import void

UNTIL = date(2025, 12, 1)


def set_aside(book: Book, year: int = 2025, until: date | None = UNTIL, once: Once | None = None) -> int:
    return reserve(book.registrar, book.series, year, "综合处", "待会签的通知", until, once=once)


def numbers(book: Book) -> list[str]:
    return [number for number, _, _ in book.rows()]


def test_the_next_number_is_set_aside_and_a_registration_takes_the_one_after(book: Book) -> None:
    desk = book.desk
    entry = set_aside(book)
    assert desk.row(desk.at("printing"))["number"] == f"{CODE}〔2025〕2号"
    row = book.row(entry)
    assert (row.number, row.state, row.reserved_for, row.reason, row.reserved_until) == (
        f"{CODE}〔2025〕1号",
        "reserved",
        "综合处",
        "待会签的通知",
        UNTIL,
    )
    details = {"for": "综合处", "reason": "待会签的通知", "until": "2025-12-01"}
    assert book.log() == [("number_reserved", row.number, details)]
    assert desk.findings() == []


def test_a_registration_uses_a_reserved_number_and_its_history_is_kept(book_on_both: Book) -> None:
    book, desk = book_on_both, book_on_both.desk
    entry, document = set_aside(book), desk.at("registration")
    number = f"{CODE}〔2025〕1号"
    desk.take(document, "registrar", "register", reserved=number)
    assert desk.row(document)["number"] == number
    row = book.row(entry)
    assert (row.state, row.document_id, row.reason, row.reserved_for, row.reserved_until) == (
        "used",
        desk.row(document)["id"],
        "",
        "",
        None,
    )
    assert book.log()[-1] == (
        "reserved_number_used",
        number,
        {
            "before": "reserved",
            "reason_before": "待会签的通知",
            "for": "综合处",
            "until": "2025-12-01",
            "document": document,
        },
    )
    assert desk.movements(document)[-1].details["reserved"] == number
    assert desk.row(desk.at("printing"))["number"] == f"{CODE}〔2025〕2号"
    assert desk.findings() == []


def test_a_reserved_number_is_offered_in_its_series_and_year_and_never_proposed(book: Book) -> None:
    with clock.held_at(at(2024, 12, 20)):
        set_aside(book, 2024, date(2024, 12, 31))
    set_aside(book)
    of_2025, letter = book.desk.at("registration"), book.desk.at("registration", type="函")
    with clock.held_at(at(2024, 12, 30)):
        of_2024 = book.desk.at("registration")
    offered = {}
    for document in (of_2025, of_2024, letter):
        with read_tx() as session:
            actions = describe(session, book.desk.person("registrar"), document).actions
        schema = next(one for one in actions if one.name == "register").inputs("zh")
        asked = schema["properties"].get("reserved")
        offered[document] = [one["title"] for one in asked["oneOf"]] if asked else []
        assert "default" not in (asked or {})
    this_year = f"{CODE}〔2025〕1号（留给综合处，至2025-12-01）"
    assert offered == {
        of_2025: [this_year],
        of_2024: [f"{CODE}〔2024〕1号（留给综合处，2024-12-31已到期）", this_year],
        letter: [],
    }
    with pytest.raises(NotReady, match="使用预留号 is not one of the choices"):
        book.desk.take(letter, "registrar", "register", reserved=f"{CODE}〔2025〕1号")
    with pytest.raises(NotReady, match="needs a reason"):
        book.desk.take(of_2024, "registrar", "register", reserved=f"{CODE}〔2025〕1号")
    book.desk.take(of_2024, "registrar", "register", reserved=f"{CODE}〔2024〕1号")  # late, and said to be
    assert book.desk.findings() == []


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        (("", "", None), ["留给谁 is required", "原因 is required", "Say until which day"]),
        (("处", "因", date(2025, 11, 19)), ["Say until which day the number is kept, from today on"]),
        (("机密 ★ 处", "因", UNTIL), ["This system handles no state secrets; use the classified channel."]),
        (("处", "x" * 501, UNTIL), ["501 characters are too many; the limit is 500."]),
        (("处\n室", "因", UNTIL), ["This must be a single line."]),
    ],
)
def test_what_cannot_be_reserved_is_refused_with_every_reason(
    standing: Book, given: tuple[str, str, date | None], reasons: list[str]
) -> None:
    before = standing.desk.fingerprint()
    with pytest.raises(NotReady) as refusal:
        reserve(standing.registrar, standing.series, 2025, *given)
    told = [str(reason) for reason in refusal.value.reasons]
    assert len(told) == len(reasons)
    assert all(one.startswith(reason) for one, reason in zip(told, reasons, strict=True))
    assert standing.desk.fingerprint() == before


@pytest.mark.parametrize(
    ("statement", "year", "reason"),
    [
        (None, 2026, "The year 2026 is not open"),
        (None, 2023, "The year 2023 is not open"),
        ("UPDATE series SET closed_year = 2025", 2025, f"No year of the series {CODE} is open"),
        ("UPDATE series SET start_year = 2025", 2024, "The year 2024 is not open"),
        (
            "UPDATE series SET start_at = NULL, start_year = NULL, start_serial = NULL",
            2025,
            f"The registrar has not confirmed with which number the series {CODE} starts",
        ),
        ("UPDATE series SET retired = 1", 2025, f"The series {CODE} is retired and gives no numbers"),
    ],
)
def test_no_number_is_set_aside_where_none_could_be_given(
    standing: Book, statement: str | None, year: int, reason: str
) -> None:
    before = (
        "UPDATE series SET start_at = 'x', start_year = 2012, start_serial = 1, closed_year = 0, retired = 0"
    )
    standing.desk.execute(statement or before)
    with pytest.raises(NotReady) as refusal:
        set_aside(standing, year)
    standing.desk.execute(before)
    assert [str(one) for one in refusal.value.reasons] == [reason]


def test_the_clock_must_not_stand_before_the_latest_number(book: Book) -> None:
    set_aside(book)
    with clock.held_at(at(2025, 11, 19)), pytest.raises(NotReady, match="The clock stands before"):
        set_aside(book)


@pytest.mark.parametrize("who", ["clerk", "drafter", "admin"])
def test_only_the_registrar_reserves(standing: Book, who: str) -> None:
    with pytest.raises(NotAllowed):
        reserve(standing.desk.id(who), standing.series, 2025, "处", "因", UNTIL)


def test_a_second_click_sets_no_second_number_aside(book: Book) -> None:
    key = Once("a form's key, sent twice")
    assert set_aside(book, once=key) == set_aside(book, once=key)
    assert numbers(book) == ["〔2025〕1号"]


def test_what_waits_too_long_is_listed(book: Book) -> None:
    set_aside(book)
    set_aside(book, until=date(2025, 11, 20))
    with clock.held_at(at(2025, 11, 21)), read_tx() as session:
        assert [row.number for row in reserved.expired(session)] == [f"{CODE}〔2025〕2号"]


def test_a_number_that_was_released_is_not_used(book: Book) -> None:
    entry, document = set_aside(book), book.desk.at("registration")
    void(book.registrar, entry, "不再印发")
    with pytest.raises(NotReady, match="使用预留号 is not one of the choices"):
        book.desk.take(document, "registrar", "register", reserved=f"{CODE}〔2025〕1号")
    assert book.rows() == [("〔2025〕1号", "void", "不再印发")]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Let threads act at the same moment; return what came of each."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        gate.wait(20)
        try:
            act()
        except NotReady as refusal:
            return str(refusal)
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def register(desk: Desk, document: str, **inputs: object) -> Callable[[], object]:
    version, registrar = desk.row(document)["version"], desk.id("registrar")
    return lambda: engine.advance(registrar, document, "register", version, inputs)


@pytest.mark.no_cover
def test_reserving_and_registering_at_once_leave_neither_duplicate_nor_hole(desk_on_both: Desk) -> None:
    book = book_of(desk_on_both)
    acts = [register(desk_on_both, desk_on_both.at("registration")) for _ in range(3)]
    acts += [lambda: set_aside(book) for _ in range(3)]
    assert at_once(*acts) == ["done"] * 6
    assert numbers(book) == [f"〔2025〕{serial}号" for serial in range(1, 7)]
    assert desk_on_both.findings() == []


@pytest.mark.no_cover
def test_of_two_that_want_one_reserved_number_one_gets_it(desk_on_both: Desk) -> None:
    book = book_of(desk_on_both)
    set_aside(book)
    wanted = f"{CODE}〔2025〕1号"
    acts = [register(desk_on_both, desk_on_both.at("registration"), reserved=wanted) for _ in range(2)]
    refused, done = sorted(at_once(*acts), key=lambda told: told == "done")
    assert done == "done"
    assert "is not reserved any more" in refused or "is not one of the choices" in refused
    assert numbers(book) == ["〔2025〕1号"]
    assert desk_on_both.findings() == []
