"""Hold what the office's workbook says beside the office as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from states.reasons import Reason

from .cells import Value
from .entries import Entry, Fields, Held, Key, Noun, Office
from .findings import Finding


@dataclass(frozen=True)
class Judged:
    """The workbook's entries, and what of the office bears on them."""

    entries: dict[Noun, dict[Key, Entry]]
    present: Office
    closed: frozenset[str]  # user names of closed accounts
    confirmed: frozenset[str]  # 机关代字 whose start is confirmed
    with_posts: frozenset[str]  # units that have posts
    mentioned: frozenset[str]  # agencies that have a row, even one that cannot be read
    waiting: Mapping[str, int]  # by agency: documents under way without a number

    def all(self, noun: Noun) -> dict[Key, Fields]:
        """Return what there would be of a noun after the import."""
        spoken = {key: entry.fields for key, entry in self.entries[noun].items()}
        return {**self.present[noun], **spoken}

    def knows(self, noun: Noun, name: Any) -> bool:
        return (name,) in self.present[noun] or (name,) in self.entries[noun]


def unknown_agency(judged: Judged, entry: Entry, heading: str, code: Any) -> Iterator[Finding]:
    """Yield a finding where a cell names an agency that is neither in the workbook nor in the office."""
    if code is not None and code not in judged.mentioned and not judged.knows("agency", code):
        yield entry.line.finding(heading, Reason("There is no agency %(name)s.", {"name": code}))


def listed(value: Value | tuple[Held, ...]) -> tuple[Any, ...]:
    """Return a field that is a list."""
    return value if isinstance(value, tuple) else ()
