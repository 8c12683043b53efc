"""A public notice's days are working days of the office's calendar, or calendar days."""

from datetime import date

import pytest

from workflow.calendar import Calendar
from workflow.errors import NotReady
from workflow.public_notices.days import day_of, last_day

# 2026: 1 to 7 October are holidays, Saturday the 10th is worked, Sunday 20 September too
DAYS = {date(2026, 10, day): False for day in range(1, 8)} | {
    date(2026, 9, 20): True,
    date(2026, 10, 10): True,
}
YEAR = Calendar(DAYS, frozenset({2026}))


@pytest.mark.parametrize(("first", "days", "unit", "last"), [
    ((6, 1), 5, "working", (6, 5)),  # Monday to Friday
    ((6, 3), 5, "working", (6, 9)),  # over a weekend
    ((6, 6), 5, "working", (6, 12)),  # a Saturday is no first day
    ((9, 30), 5, "working", (10, 12)),  # over the holiday; the Saturday that is worked counts
    ((9, 20), 1, "working", (9, 20)),  # a Sunday that is worked
    ((9, 30), 7, "calendar", (10, 6)),
    ((6, 6), 1, "calendar", (6, 6)),
])  # fmt: skip
def test_the_last_day_is_reckoned_from_the_first(
    first: tuple[int, int], days: int, unit: str, last: tuple[int, int]
) -> None:
    assert last_day(YEAR, date(2026, *first), days, unit) == date(2026, *last)


def test_working_days_of_a_year_that_nobody_loaded_are_not_guessed() -> None:
    with pytest.raises(NotReady) as refusal:
        last_day(YEAR, date(2026, 12, 29), 5, "working")
    assert refusal.value.reasons[0].params == {"years": "2027"}
    assert last_day(YEAR, date(2026, 12, 29), 7, "calendar") == date(2027, 1, 4)


@pytest.mark.parametrize(("today", "unit", "number"), [
    ((6, 2), "working", 0), ((6, 3), "working", 1), ((6, 7), "working", 3), ((6, 8), "working", 4),
    ((6, 7), "calendar", 5),
])  # fmt: skip
def test_the_counter_says_which_day_it_is(today: tuple[int, int], unit: str, number: int) -> None:
    assert day_of(YEAR, date(2026, 6, 3), date(2026, *today), unit) == number
