"""Check the agencies of the office's workbook and the days of their names."""

from collections.abc import Iterator
from datetime import date

from states.reasons import Reason

from ..office.agencies import LARGEST_PT, NARROWEST_PERCENT, SMALLEST_PT
from .entries import OF_THE_AGENCY, Entry, Fields, Key
from .findings import Finding
from .judged import Judged


def faults(judged: Judged) -> Iterator[Finding]:
    """Yield what is wrong with the agencies."""
    yield from _names(judged)
    for entry in judged.entries["agency"].values():
        yield from _agency(entry)


def _names(judged: Judged) -> Iterator[Finding]:
    """Look at each name's days: no two of an agency overlap, and no two agencies share a name."""
    every = sorted(judged.all("name").items())
    for key, entry in judged.entries["name"].items():
        until = entry.fields["停用日期"]
        if isinstance(until, date) and until.isoformat() < key[1]:
            yield entry.line.finding("停用日期", Reason("This is before the day on which the name begins"))
            continue
        yield from _misplaced(judged, entry)
        for other_key, other in every:
            if other_key == key or not _overlap(key, entry.fields, other_key, other):
                continue
            if other_key[0] == key[0]:
                yield from _two_names(judged, entry, other_key, other)
                continue
            for heading in ("全称", "规范化简称"):
                if entry.fields[heading] in (other["全称"], other["规范化简称"], other_key[0]):
                    yield entry.line.finding(
                        heading,
                        Reason("At that time the agency %(code)s is called so", {"code": other_key[0]}),
                    )


def _two_names(judged: Judged, entry: Entry, other_key: Key, other: Fields) -> Iterator[Finding]:
    """Tell of two names of one agency on one day, once: in the row of the later one if that is there."""
    name = str(other["全称"])
    if other_key < entry.key:
        yield entry.line.finding(
            "启用日期",
            Reason(
                "On this day the agency is still called %(name)s; say there when that ends", {"name": name}
            ),
        )
    elif other_key not in judged.entries["name"]:
        yield entry.line.finding(
            "停用日期",
            Reason("This name ends before the agency is called %(name)s; say when", {"name": name}),
        )


def _overlap(key: Key, fields: Fields, other_key: Key, other: Fields) -> bool:
    def ends(of: Fields) -> str:
        return of["停用日期"].isoformat() if isinstance(of["停用日期"], date) else "9999"

    return key[1] <= ends(other) and other_key[1] <= ends(fields)


def _misplaced(judged: Judged, entry: Entry) -> Iterator[Finding]:
    """Refuse in a former name's row what only the agency as it is now has."""
    agency = judged.entries["agency"].get((entry.key[0],))
    if agency is None or agency.line is not entry.line:
        for heading in OF_THE_AGENCY:
            if entry.line.values[heading] is not None:
                yield entry.line.finding(
                    heading, Reason("This belongs into the row of the agency's present name")
                )


def _agency(entry: Entry) -> Iterator[Finding]:
    for heading in ("全宗号", "机构代码"):
        if entry.fields[heading] is None and heading not in entry.line.unread:
            yield entry.line.finding(heading, Reason("This must not be empty."))
    for heading, (least, most) in (
        ("字高", (SMALLEST_PT, LARGEST_PT)),
        ("字宽比例", (NARROWEST_PERCENT, 100)),
    ):
        value = entry.fields[heading]
        if isinstance(value, int) and not least <= value <= most:
            bounds = {"least": str(least), "most": str(most)}
            yield entry.line.finding(
                heading, Reason("This must be a whole number from %(least)s to %(most)s.", bounds)
            )
