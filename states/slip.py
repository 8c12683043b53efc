"""The 发文稿纸 of a kind of document: which boxes stand on it, in which order, with how much room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from .checks import Fault
from .reasons import Label
from .stage import Stage

Room = Literal["high", "mid", "low"]

_FIRST = ("signing", "countersign")  # what stands on top where a procedure says nothing


@dataclass(frozen=True)
class Place:
    """A box: it shows what was said at its stage; one without a stage is for writing by hand."""

    stage: str | None
    label: Label


@dataclass(frozen=True)
class Row:
    """Boxes abreast."""

    room: Room
    places: tuple[Place, ...]


def usual(line: Iterable[Stage]) -> tuple[Row, ...]:
    """Return the rows for the stages of a line where somebody judges the text: sign-off first."""
    judged = {stage.name: stage for stage in line if stage.opinion or stage.edit == "declared"}
    first = [judged.pop(name) for name in _FIRST if name in judged]
    rows = [Row("high", _places(first))] if first else []
    others = list(judged.values())
    pairs = [others[start : start + 2] for start in range(0, len(others), 2)]
    return (*rows, *(Row("mid", _places(pair)) for pair in pairs))


def _places(stages: Iterable[Stage]) -> tuple[Place, ...]:
    return tuple(Place(stage.name, stage.label) for stage in stages)


def check(rows: Iterable[Row], stages: Mapping[str, Stage]) -> None:
    """Refuse a sheet on which an opinion would have no box, or two.

    Errors: Fault.
    """
    boxed: set[str] = set()
    for number, row in enumerate(rows):
        for index, place in enumerate(row.places):
            if place.stage in boxed:
                raise Fault(("slip", number, "boxes", index), f"the stage {place.stage!r} has a box already")
            boxed |= {place.stage} if place.stage else set()
    for name, stage in stages.items():
        if stage.opinion and name not in boxed:
            raise Fault(("slip",), f"the stage {name!r} has opinions and no box")
