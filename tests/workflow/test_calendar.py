"""Working time adds up, goes only forwards, and knows the days that are worked out of turn."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.desk import Desk, at
from workflow import clock, holidays, working_time
from workflow.calendar import USUAL_HOURS, Calendar, length
from workflow.installation import here, read_tx
from workflow.models import CalendarDay, CalendarYear

NAMED = {day: worked for days in holidays.known().values() for day, (worked, _) in days.items()}
CALENDAR = Calendar(NAMED, frozenset(holidays.known()))
HALF_HOUR = timedelta(minutes=30)

moments = st.datetimes(datetime(2023, 1, 1), datetime(2027, 6, 1)).map(
    lambda moment: moment.replace(tzinfo=clock.SHANGHAI)
)
hours = st.integers(0, 60 * 60 * 100).map(lambda seconds: seconds / 3600)


def half_past(year: int, month: int, day: int, hour: int) -> datetime:
    return at(year, month, day, hour) + HALF_HOUR


@pytest.mark.parametrize(
    ("start", "span", "expected"),
    [
        (at(2026, 11, 23, 9), {"hours": 1}, at(2026, 11, 23, 10)),
        (at(2026, 11, 23, 11), {"hours": 1}, at(2026, 11, 23, 12)),
        (at(2026, 11, 23, 11), {"hours": 2}, half_past(2026, 11, 23, 15)),
        (at(2026, 11, 23, 3), {"hours": 1}, half_past(2026, 11, 23, 9)),
        (at(2026, 11, 23, 13), {"days": 0.5}, at(2026, 11, 23, 18)),
        (at(2026, 11, 23, 10), {"days": 1}, at(2026, 11, 24, 10)),
        (at(2026, 11, 27, 10), {"days": 1}, at(2026, 11, 30, 10)),  # a Friday
        (at(2026, 9, 30, 10), {"days": 1}, at(2026, 10, 8, 10)),  # over 国庆节
        (at(2026, 10, 9, 10), {"days": 1}, at(2026, 10, 10, 10)),  # a Saturday worked for it
        (at(2026, 10, 10, 10), {"days": 1}, at(2026, 10, 12, 10)),
        (at(2026, 11, 22, 10), {"hours": 0}, at(2026, 11, 22, 10)),
    ],
)
def test_complaint_working_time_passes_only_when_the_office_works(
    start: datetime, span: dict[str, float], expected: datetime
) -> None:
    assert CALENDAR.add_working(start, **span) == expected


@given(moments, hours)
@settings(max_examples=25, deadline=None)
def test_what_was_added_is_what_lies_between(start: datetime, amount: float) -> None:
    there = CALENDAR.add_working(start, hours=amount)
    assert CALENDAR.working_between(start, there) == timedelta(hours=amount)
    assert CALENDAR.working_between(there, start) == -timedelta(hours=amount)


@given(moments, hours, hours)
@settings(max_examples=25, deadline=None)
def test_adding_twice_is_adding_the_sum(start: datetime, first: float, second: float) -> None:
    once = CALENDAR.add_working(start, hours=first + second)
    twice = CALENDAR.add_working(CALENDAR.add_working(start, hours=first), hours=second)
    assert abs(once - twice) <= timedelta(microseconds=2) or CALENDAR.working_between(once, twice) <= (
        timedelta(microseconds=2)
    )


@given(moments, moments, hours)
@settings(max_examples=25, deadline=None)
def test_whoever_begins_later_is_not_due_earlier(one: datetime, other: datetime, amount: float) -> None:
    first, last = sorted((one, other))
    assert CALENDAR.add_working(first, hours=amount) <= CALENDAR.add_working(last, hours=amount)


@given(moments, moments, moments)
@settings(max_examples=20, deadline=None)
def test_the_time_between_is_the_sum_of_its_parts(a: datetime, b: datetime, c: datetime) -> None:
    parts = CALENDAR.working_between(a, b) + CALENDAR.working_between(b, c)
    assert parts == CALENDAR.working_between(a, c)


@given(moments)
@settings(max_examples=20, deadline=None)
def test_the_next_working_moment_is_open_and_no_working_time_away(moment: datetime) -> None:
    opens = CALENDAR.next_open(moment)
    assert CALENDAR.is_open(opens)
    assert opens >= moment
    assert CALENDAR.working_between(moment, opens) == timedelta()
    assert CALENDAR.is_open(moment) == (opens == moment)


def test_a_year_without_a_list_is_an_ordinary_week_and_says_so() -> None:
    bare = Calendar()
    assert bare.add_working(at(2026, 9, 30), days=1) == at(2026, 10, 1)
    assert not bare.covers(at(2026, 9, 30).date())
    new_year_s_eve, after = at(2026, 12, 31).date(), at(2027, 1, 4).date()
    assert CALENDAR.covers(new_year_s_eve)
    assert not CALENDAR.covers(new_year_s_eve, after)


def test_the_usual_day_has_seven_hours() -> None:
    assert length(USUAL_HOURS) == timedelta(hours=7)
    assert working_time.read_hours(working_time.write_hours(USUAL_HOURS)) == USUAL_HOURS


def test_complaint_an_office_begins_with_the_lists_that_are_known(desk_on_both: Desk) -> None:
    with read_tx() as session:
        found = working_time.calendar(session)
    assert found == CALENDAR
    desk_on_both.execute("DELETE FROM calendar_days")
    with read_tx() as session:
        assert working_time.calendar(session) is found  # no step asks the database for it
        working_time.forget()
        assert working_time.calendar(session).days == {}


def test_what_the_office_loaded_stays_when_the_known_lists_are_entered(desk: Desk) -> None:
    desk.execute("DELETE FROM calendar_days")
    desk.execute("DELETE FROM calendar_years WHERE year < 2026")
    holidays.seed(here().database)
    with read_tx() as session:
        assert session.query(CalendarYear).count() == len(holidays.known())
        kept = {row.day.year for row in session.query(CalendarDay)}
    assert 2026 not in kept
    assert 2025 in kept
