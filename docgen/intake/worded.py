"""Recognize by their words what only some forms have: who was there, and who signs jointly."""

import re

from ..joint import OF_A_FILE
from .result import Gathered, type_of
from .signs import bare_names, read_attendance

_FIELDS = {"出席": "present", "请假": "absent", "缺席": "absent", "列席": "observers"}
_APART = re.compile(r"\n|\t|　+| {2,}")


def take_what_is_worded(found: Gathered) -> None:
    """Take out of the text of minutes who was there, and out of several signatures who leads."""
    if type_of(found.main.title) == "纪要":
        _take_attendance(found)
    if "type" not in found.more:
        _take_agencies(found)


def _take_attendance(found: Gathered) -> None:
    there: dict[str, str] = {}
    kept: list[str] = []
    for line in found.main.lines:
        named = read_attendance(line)
        if named and _FIELDS[named[0]] not in there:
            there[_FIELDS[named[0]]] = bare_names(named[1])
        else:
            kept.append(line)
    if there and kept:
        found.more["attendance"] = there
        found.main.lines[:] = kept


def _take_agencies(found: Gathered) -> None:
    """Take the first who signs for the agency that leads, the others for those that issue it with it."""
    lead, *others = [name for name in _APART.split(found.signature) if name] or [""]
    if not others or len({lead, *others}) <= len(others):
        return
    found.signature = lead
    found.more["co_agencies"] = others
    mark = found.masthead.removesuffix(OF_A_FILE)
    if mark and not any(name in mark for name in others):
        found.more["lead_only"] = True
