"""Find a place of an earlier text in the text as it is now, wherever it has moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from docgen.aligning import Key, block_ops

from ..comparison import Run, fields_of, runs
from .places import blocks, split

Standing = Literal["same", "changed", "gone"]


@dataclass(frozen=True)
class Trace:
    """What stands now where something was said: its place, and how its words changed."""

    standing: Standing
    place: str | None  # None: nothing there is that paragraph any more (原处已改)
    runs: list[Run]


def trace(before: Mapping[str, Any], after: Mapping[str, Any], place: str) -> Trace | None:
    """Follow a place from one content to another; None for the whole document, which is everywhere."""
    if not place:
        return None
    old, new = fields_of(before), fields_of(after)
    field, number = split(place)
    there = _field_now(old, new, field)
    words = old.get(field, "")
    if there is None:
        return Trace("gone", None, [("out", words)] if words else [])
    if number is None:
        return _found(there, words, new.get(there, ""))
    olds, news = blocks(words), blocks(new.get(there, ""))
    ops = block_ops([("p", "", one) for one in olds], [("p", "", one) for one in news])
    now = next((j for i, j in ops if i == number and j is not None), None)
    if now is None:
        return Trace("gone", None, [("out", olds[number])])
    return _found(f"{there}[{now}]", olds[number], news[now])


def _found(place: str, then: str, now: str) -> Trace:
    if then and not now:
        return Trace("gone", None, [("out", then)])
    return Trace("same" if then == now else "changed", place, runs(then, now))


def _field_now(old: Mapping[str, str], new: Mapping[str, str], field: str) -> str | None:
    """Return what a field is called now: an attachment may have become another number, or be gone."""
    head, _, part = field.partition("].")
    group, _, number = head.partition("[")
    if not part or not number.isdigit():
        return field
    ops = block_ops(_parts(old, group), _parts(new, group))
    now = next((j for i, j in ops if i == int(number)), None)
    return None if now is None else f"{group}[{now}].{part}"


def _parts(fields: Mapping[str, str], group: str) -> list[Key]:
    found: dict[str, list[str]] = {}
    for name, words in fields.items():
        head, _, part = name.partition("].")
        if part and head.partition("[")[0] == group:
            found.setdefault(head, []).append(words)
    return [("part", "", "\n".join(words)) for words in found.values()]
