"""Check the units and the people of the office's workbook: who they are, which posts they hold."""

from collections.abc import Iterator

from states.reasons import Reason

from ..office import accounts, post_codes, posts
from ..office.administrator import ADMINISTRATOR
from . import columns
from .entries import HELD, Entry, Fields
from .findings import Finding
from .judged import Judged, listed, unknown_agency


def faults(judged: Judged) -> Iterator[Finding]:
    """Yield what is wrong with units and people."""
    for entry in judged.entries["unit"].values():
        yield from _unit(judged, entry)
    for entry in judged.entries["person"].values():
        yield from _account(judged, entry)
        for nth in columns.ORDINALS:
            yield from _post(judged, entry, nth)
        yield from _held_twice(entry)
    yield from _last_administrator(judged)


def _unit(judged: Judged, entry: Entry) -> Iterator[Finding]:
    fields, line = entry.fields, entry.line
    yield from unknown_agency(judged, entry, "所属机关", fields["所属机关"])
    if fields["内设"] and fields["所属机关"] is None and "所属机关" not in line.unread:
        yield line.finding(
            "所属机关", Reason("A unit of the office needs the agency in whose name it drafts")
        )
    before = judged.present["unit"].get(entry.key)
    if before and before["内设"] != fields["内设"] and entry.key[0] in judged.with_posts:
        yield line.finding(
            "内设", Reason("A unit that has posts stays inside or outside the office, as it is")
        )
    for username in listed(fields["分管领导"]):
        if not judged.knows("person", username):
            yield line.finding(
                "分管领导", Reason("There is nobody with the user name %(name)s", {"name": username})
            )
        elif not _in_office(judged, username) and not _unread(judged, username):
            yield line.finding("分管领导", Reason("%(name)s holds no post of the office", {"name": username}))


def _in_office(judged: Judged, username: str) -> bool:
    """Say whether a person would hold a post of the office; a unit that there is not is told elsewhere."""
    units = judged.all("unit")
    held = [unit for unit, _code, _title in listed(judged.all("person")[username,][HELD]) if unit]
    return any((unit,) not in units or units[unit,]["内设"] for unit in held)


def _unread(judged: Judged, username: str) -> bool:
    """Say whether a person's row has faults of its own, which are told there."""
    entry = judged.entries["person"].get((username,))
    return entry is not None and bool(entry.line.unread)


def _account(judged: Judged, entry: Entry) -> Iterator[Finding]:
    (username,) = entry.key
    if username in judged.closed:
        yield entry.line.finding("用户名", Reason("The account of %(name)s is closed", {"name": username}))
    elif entry.key not in judged.present["person"]:
        for reason in accounts.username_faults(username):
            yield entry.line.finding("用户名", reason)


def _post(judged: Judged, entry: Entry, nth: str) -> Iterator[Finding]:
    """Look at the nth post of a row: whole, of a known kind, in a unit where such a post stands."""
    line = entry.line
    unit, code, title = (line.values[nth + what] for what in ("部门", "职务代码", "职务"))
    if unit is code is title is None:
        return
    for what, value in (("职务代码", code), ("职务", title)):
        if nth and value is None and nth + what not in line.unread:
            yield line.finding(nth + what, Reason("This must not be empty."))
    if unit is not None and not judged.knows("unit", unit):
        yield line.finding(nth + "部门", Reason("There is no unit %(name)s", {"name": str(unit)}))
        return
    kind = post_codes.known().get(str(code))
    if code is not None and kind is None:
        yield line.finding(
            nth + "职务代码", Reason("There is no post of the kind %(code)s", {"code": str(code)})
        )
    if kind is None or nth + "部门" in line.unread:
        return
    stands = "system" if unit is None else _where(judged, str(unit))
    if kind.where != stands:
        yield line.finding(nth + "部门", posts.PLACES[kind.where])


def _where(judged: Judged, unit: str) -> str:
    return "office" if judged.all("unit")[unit,]["内设"] else "outside"


def _held_twice(entry: Entry) -> Iterator[Finding]:
    held = listed(entry.fields[HELD])
    for place, post in enumerate(held):
        if post in held[:place]:
            heading = columns.ORDINALS[place] + "职务代码"
            yield entry.line.finding(heading, Reason("This post is in the row twice"))


def _last_administrator(judged: Judged) -> Iterator[Finding]:
    """Keep an administrator where there is one."""

    def administers(fields: Fields) -> bool:
        return any(code == ADMINISTRATOR for _unit, code, _title in listed(fields[HELD]))

    before = [key for key, fields in judged.present["person"].items() if administers(fields)]
    if before and not any(map(administers, judged.all("person").values())):
        entry = judged.entries["person"][before[-1]]
        yield entry.line.finding(
            "职务代码",
            Reason(
                "%(name)s is the last administrator; appoint another first",
                {"name": str(entry.fields["姓名"])},
            ),
        )
