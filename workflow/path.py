"""Tell a document's way: the stages behind it, where it is, what lies ahead, with names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Label, Reason
from states.stage import Stage

from .arriving import SKIP
from .consents import tally
from .describe import Description, Passage
from .directory import OfficeDirectory
from .models import Unit
from .movements import IMPORT
from .opinions import OWN_ACTS
from .said import on_behalf_of, whose
from .undoing import taken_back

_NO_STEPS = OWN_ACTS.keys() - {SKIP}  # acts of the engine that are nobody's step


@dataclass(frozen=True)
class Stop:
    """One stage on a document's way."""

    stage: str
    label: Label
    status: Literal["done", "skipped", "now", "next"]
    names: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()  # of the names, at the present stage, who have given their consent
    turn: tuple[str, ...] = ()  # of the names, at the present stage, whose turn it is
    needed: int = 0  # how many of the names must agree
    at: str | None = None
    reason: Reason | None = None  # why it was or would be passed over
    delegates: tuple[tuple[str, str], ...] = ()  # who acts besides them, each with the one for whom (委托)
    entered: tuple[str, ...] = ()  # of the names, those for whom another entered it (代录)


def way(description: Description, passages: Sequence[Passage]) -> list[Stop]:
    """Return the stages of a document in order; one that has left the line ends with where it stands.

    One that was brought in from former years has gone through none here: its way begins with that.
    """
    case, procedure, gone = description.case, description.procedure, taken_back(passages)
    passages = [passage for seq, passage in enumerate(passages, 1) if seq not in gone]
    names = cast(OfficeDirectory, case.directory).names
    ahead = {coming.stage.name: coming for coming in procedure.ahead(case)}
    stops = [
        Stop(IMPORT, OWN_ACTS[IMPORT], "done", (p.name,), at=p.at) for p in passages[:1] if p.action == IMPORT
    ]
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
    if stage.final:
        came = [p for p in passages if p.dest == stage.name and p.source not in (stage.name, "")][-1:]
        who = tuple(p.name for p in came)
        return Stop(stage.name, stage.label, "now", who, at=came[0].at if came else None)
    case = description.case
    names = cast(OfficeDirectory, case.directory).names
    count = tally(stage, case)
    return Stop(
        stage.name,
        stage.label,
        "now",
        tuple(names[person] for person in count.asked),
        tuple(names[person] for person in count.agreed),
        tuple(names[person] for person in stage.waiting(case)),
        count.needed,
        delegates=tuple((names[one], names[of]) for one, of in stage.held_for(case).items() if of),
        entered=_entered(stage, passages),
    )


def _behind(description: Description, stage: Stage, passages: Sequence[Passage]) -> Stop | None:
    left = [p for p in passages if p.source == stage.name and p.action not in _NO_STEPS]
    if not left:
        return None
    if left[-1].action == SKIP:
        reason = Reason(str(left[-1].details["reason"]))
        return Stop(stage.name, stage.label, "skipped", at=left[-1].at, reason=reason)
    forward = [p for p in left if _brings_on(description, p)] or left[-1:]
    names = tuple(dict.fromkeys(whose(p) for p in forward if on_behalf_of(p) is None))
    pairs = tuple(dict.fromkeys((p.name, of) for p in forward if (of := on_behalf_of(p))))
    at, entered = forward[-1].at, _entered(stage, forward)
    return Stop(stage.name, stage.label, "done", names, at=at, delegates=pairs, entered=entered)


def _entered(stage: Stage, passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return the names of those whose last word at a stage was entered for them."""
    last = {whose(p): "entered" in p.details for p in passages if p.source == stage.name}
    return tuple(name for name, was_entered in last.items() if was_entered)


def _brings_on(description: Description, passage: Passage) -> bool:
    if passage.action == SKIP:
        return False
    direction = description.procedure.step(passage.source, passage.action).direction
    return direction == "forward" or (direction == "other" and passage.dest != passage.source)


def drafting_unit(session: Session, document: Mapping[str, Any]) -> str:
    """Return the name of the unit that a document comes from."""
    return session.scalars(select(Unit.name).where(Unit.id == document["unit_id"])).one()


def names_of_holders(description: Description) -> list[str]:
    """Return the names of those who have the document now."""
    names = cast(OfficeDirectory, description.case.directory).names
    return [names[person] for person in description.procedure.holders(description.case)]
