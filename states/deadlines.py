"""A deadline (办理时限): how long a stage may take, in working hours or days, by urgency."""

import re
from dataclasses import dataclass
from typing import Literal

Unit = Literal["hours", "days"]

URGENT, MOST_URGENT = "加急", "特急"
_SPAN = re.compile(r"([0-9]{1,3}(?:\.5)?)([hd])")
_UNITS: dict[str, Unit] = {"h": "hours", "d": "days"}


@dataclass(frozen=True)
class Span:
    """A length of working time; halves count."""

    amount: float
    unit: Unit


@dataclass(frozen=True)
class Deadline:
    """What a stage may take; where an urgency has no time of its own the next lower one's counts."""

    ordinary: Span
    urgent: Span | None = None
    most_urgent: Span | None = None

    def of(self, urgency: str | None) -> Span:
        """Return what a document of this urgency may take (None: an ordinary one)."""
        if urgency == MOST_URGENT and self.most_urgent:
            return self.most_urgent
        return self.urgent if urgency in (URGENT, MOST_URGENT) and self.urgent else self.ordinary


def read_span(given: object) -> Span:
    """Read a span such as 2d or 0.5d (working days), 4h (working hours); raises ValueError."""
    found = _SPAN.fullmatch(given) if isinstance(given, str) else None
    if found is None or float(found[1]) == 0:
        raise ValueError(f"{given!r} is no working time such as 2d, 0.5d or 4h")
    return Span(float(found[1]), _UNITS[found[2]])
