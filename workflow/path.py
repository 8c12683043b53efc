"""Tell a document's way: the stages behind it, where it is, what lies ahead, with names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Label, Reason
from states.stage import Stage

from .arriving import SKIP
from .describe import Description, Passage
from .directory import OfficeDirectory
from .models import Unit
from .movements import HAND_OVER

_NO_STEPS = ("draft", "revise", HAND_OVER)  # acts of the engine that are nobody's step


@dataclass(frozen=True)
class Stop:
    """One stage on a document's way."""

    stage: str
    label: Label
    status: Literal["done", "skipped", "now", "next"]
    names: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()  # of the names, at the present stage, who have given their consent
    at: str | None = None
    reason: Reason | None = None  # why it was or would be passed over


def way(description: Description, passages: Sequence[Passage]) -> list[Stop]:
    """Return the stages of a document in order; one that has left the line ends with where it stands."""
    case, procedure = description.case, description.procedure
    names = cast(OfficeDirectory, case.directory).names
    ahead = {coming.stage.name: coming for coming in procedure.ahead(case)}
    stops = []
    for stage in procedure.line:
        if stage.name == case.state:
            stops.append(_present(description, stage, passages))
        elif stage.name in ahead:
            coming = ahead[stage.name]
            holders = tuple(names[person] for person in coming.holders)
            stops.append(Stop(stage.name, stage.label, "next", holders, reason=coming.skipped))
        elif (stop := _behind(description, stage, passages)) is not None:
            stops.append(stop)
    if all(stop.status != "now" for stop in stops):
        stops.append(_present(description, procedure.stages[case.state], passages))
    return stops


def _present(description: Description, stage: Stage, passages: Sequence[Passage]) -> Stop:
    case = description.case
    names = cast(OfficeDirectory, case.directory).names
    if stage.final:
        last = passages[-1]
        return Stop(stage.name, stage.label, "now", (last.name,), at=last.at)
    asked = stage.asked(case)
    agreed = tuple(names[person] for person in asked if person in case.consented)
    return Stop(stage.name, stage.label, "now", tuple(names[person] for person in asked), agreed)


def _behind(description: Description, stage: Stage, passages: Sequence[Passage]) -> Stop | None:
    left = [p for p in passages if p.source == stage.name and p.action not in _NO_STEPS]
    if not left:
        return None
    if left[-1].action == SKIP:
        reason = Reason(str(left[-1].details["reason"]))
        return Stop(stage.name, stage.label, "skipped", at=left[-1].at, reason=reason)
    forward = [p for p in left if _brings_on(description, p)] or left[-1:]
    names = tuple(dict.fromkeys(p.name for p in forward))
    return Stop(stage.name, stage.label, "done", names, at=forward[-1].at)


def _brings_on(description: Description, passage: Passage) -> bool:
    if passage.action == SKIP:
        return False
    return description.procedure.step(passage.source, passage.action).direction != "back"


def drafting_unit(session: Session, document: Mapping[str, Any]) -> str:
    """Return the name of the unit that a document comes from."""
    return session.scalars(select(Unit.name).where(Unit.id == document["unit_id"])).one()


def names_of_holders(description: Description) -> list[str]:
    """Return the names of those who have the document now."""
    names = cast(OfficeDirectory, description.case.directory).names
    return [names[person] for person in description.procedure.holders(description.case)]
