"""Check the series of the office's workbook, and who may sign what."""

from collections.abc import Iterator

from states.reasons import Reason

from ..office.series import NOT_IN_CODES
from ..office.signing_rights import signing_posts
from .entries import START, Entry, Fields, Key
from .findings import Finding
from .judged import Judged, listed, unknown_agency


def faults(judged: Judged) -> Iterator[Finding]:
    """Yield what is wrong with the series and with the rights to sign."""
    for entry in judged.entries["series"].values():
        yield from _series(judged, entry)
    for entry in judged.entries["right"].values():
        agency, _type, post = entry.key
        yield from unknown_agency(judged, entry, "机关代码", agency)
        if post not in signing_posts():
            yield entry.line.finding(
                "职务代码", Reason("The post %(post)s cannot be let sign.", {"post": post})
            )


def _series(judged: Judged, entry: Entry) -> Iterator[Finding]:
    code, fields, line = entry.key[0], entry.fields, entry.line
    yield from unknown_agency(judged, entry, "机关代码", fields["机关代码"])
    before = judged.present["series"].get(entry.key)
    if before and fields["机关代码"] not in (None, before["机关代码"]):
        yield line.finding(
            "机关代码", Reason("This series is the agency %(code)s's", {"code": str(before["机关代码"])})
        )
    if NOT_IN_CODES.search(code):
        yield line.finding(
            "机关代字", Reason("Only the words before the year: no brackets, figures or spaces.")
        )
    given = [heading for heading in START if fields[heading] is not None]
    if len(given) == 1 and not line.unread.intersection(START):
        (empty,) = set(START) - set(given)
        yield line.finding(empty, Reason("Year and number of a start stand together or not at all"))
    if before and code in judged.confirmed:
        for heading in given:
            if fields[heading] != before[heading]:
                yield line.finding(
                    heading,
                    Reason(
                        "The registrar has confirmed %(value)s; it is changed on the register's page",
                        {"value": str(before[heading])},
                    ),
                )
    yield from _rivals(judged, entry)
    waiting = judged.waiting.get(str(fields["机关代码"]), 0)
    if fields["停用"] and waiting and not _open_series(judged, fields["机关代码"]):
        message = Reason(
            "%(count)s documents of the agency are under way and still need a number.",
            {"count": str(waiting)},
        )
        yield line.finding("停用", message)


def _rivals(judged: Judged, entry: Entry) -> Iterator[Finding]:
    """Let each type of an agency's documents be numbered by one series, and no type by none."""
    if entry.fields["停用"] or "适用文种" in entry.line.unread:
        return
    types = set(listed(entry.fields["适用文种"]))
    others = _open_series(judged, entry.fields["机关代码"])
    others.pop(entry.key, None)
    if types and all(other["适用文种"] for other in others.values()):
        yield entry.line.finding(
            "适用文种", Reason("One series must serve all types of document that no other names.")
        )
    for key, other in others.items():
        if _comes_later(judged, key, entry):
            continue
        shared = types.intersection(listed(other["适用文种"]))
        if shared:
            both = {"types": "、".join(sorted(shared)), "code": key[0]}
            yield entry.line.finding("适用文种", Reason("%(types)s is numbered by %(code)s already", both))
        elif not types and not other["适用文种"]:
            yield entry.line.finding(
                "适用文种",
                Reason("All other types are numbered by %(code)s already; name the types", {"code": key[0]}),
            )


def _open_series(judged: Judged, agency: object) -> dict[Key, Fields]:
    """Return the series of an agency that would number new documents."""
    return {
        key: fields
        for key, fields in judged.all("series").items()
        if fields["机关代码"] == agency and not fields["停用"]
    }


def _comes_later(judged: Judged, key: Key, entry: Entry) -> bool:
    """Say whether a series is in the workbook below this one: a quarrel of two is told once."""
    other = judged.entries["series"].get(key)
    return other is not None and other.line.row.number > entry.line.row.number
