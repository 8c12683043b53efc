"""Tell the time: one clock, UTC instants in one text form, dates of Shanghai."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_held: datetime | None = None


def now() -> datetime:
    """Return the present instant in UTC."""
    return _held or datetime.now(UTC)


def stamp(moment: datetime | None = None) -> str:
    """Return an instant as it is stored: 2024-04-07T01:02:03.000004Z, so that text order is time order."""
    return (moment or now()).astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read(stamped: str) -> datetime:
    """Return the instant, in Shanghai's time, that `stamp` wrote."""
    return datetime.strptime(stamped, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC).astimezone(SHANGHAI)


def today() -> date:
    """Return the present date in Shanghai, wherever the server stands."""
    return now().astimezone(SHANGHAI).date()


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Stop the clock at a moment: for tests and for the demonstration office's history."""
    global _held
    before, _held = _held, moment
    try:
        yield
    finally:
        _held = before
