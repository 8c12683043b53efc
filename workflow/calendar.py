"""Reckon in working time: which days are worked, from when to when, and how long something takes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from .clock import SHANGHAI

Hours = tuple[time, time]
Span = tuple[datetime, datetime]
USUAL_HOURS: tuple[Hours, ...] = ((time(8, 30), time(12)), (time(14, 30), time(18)))

_DAY = timedelta(days=1)
_NO_TIME = timedelta()


@dataclass(frozen=True)
class Calendar:
    """The working calendar (工作日历). Dates and times of day are Shanghai's, which has no summer time.

    A year that is not among `years` was never loaded: its days are those of an ordinary week.
    """

    days: Mapping[date, bool] = field(default_factory=dict)  # that the lists name: True = worked (调休)
    years: frozenset[int] = frozenset()
    hours: tuple[Hours, ...] = USUAL_HOURS

    @property
    def day_length(self) -> timedelta:
        """Return the working time of one working day."""
        return length(self.hours)

    def is_working_day(self, day: date) -> bool:
        worked = self.days.get(day)
        return day.weekday() < 5 if worked is None else worked

    def covers(self, *days: date) -> bool:
        """Say whether the years from the first to the last of these days were loaded."""
        years = {day.year for day in days}
        return self.years.issuperset(range(min(years), max(years) + 1))

    def is_open(self, moment: datetime) -> bool:
        """Say whether a moment lies within working hours."""
        local = moment.astimezone(SHANGHAI)
        return any(opens <= local < closes for opens, closes in self._sessions(local.date()))

    def next_open(self, moment: datetime) -> datetime:
        """Return a moment of working hours as it is, and for another the beginning of the next."""
        local = moment.astimezone(SHANGHAI)
        return next(max(opens, local) for opens, closes in self._from(local) if local < closes)

    def add_working(self, start: datetime, *, hours: float = 0, days: float = 0) -> datetime:
        """Return the first moment by which that much working time has passed; a day is its hours."""
        local = start.astimezone(SHANGHAI)
        left = timedelta(hours=hours) + self.day_length * days
        if left <= _NO_TIME:
            return local
        for opens, closes in self._from(local):
            begins = max(opens, local)
            if left <= closes - begins:
                return begins + left
            left -= max(closes - begins, _NO_TIME)
        raise AssertionError("a calendar has no end")

    def working_between(self, a: datetime, b: datetime) -> timedelta:
        """Return the working time from one moment to another, negative when the second comes first."""
        if b < a:
            return -self.working_between(b, a)
        first, last = a.astimezone(SHANGHAI), b.astimezone(SHANGHAI)
        found = _NO_TIME
        for opens, closes in self._from(first):
            if opens >= last:
                break
            found += max(min(closes, last) - max(opens, first), _NO_TIME)
        return found

    def _from(self, local: datetime) -> Iterator[Span]:
        """Yield the working hours from a day on."""
        day = local.date()
        while True:
            yield from self._sessions(day)
            day += _DAY

    def _sessions(self, day: date) -> Iterator[Span]:
        if self.is_working_day(day):
            for opens, closes in self.hours:
                yield datetime.combine(day, opens, SHANGHAI), datetime.combine(day, closes, SHANGHAI)


def length(hours: Iterable[Hours]) -> timedelta:
    """Return how long these hours of one day are together."""
    return sum((_of_day(closes) - _of_day(opens) for opens, closes in hours), _NO_TIME)


def _of_day(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute)
