"""Find the stages of a procedure that nobody in the office, as it is, could act at."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.formats.table import TABLE
from docgen.sheet import URGENCIES
from states.procedure import Procedure
from states.reasons import Label

from ..agencies import name_of
from ..clock import today
from ..contents import APPLICATION
from ..directory import OfficeDirectory, find_person
from ..models import Agency, User
from .rehearsing import Sample, home_of

_TRIED = {APPLICATION: (("", None),)}  # of a kind whose stages ask neither for the type nor the urgency


@dataclass(frozen=True)
class Unheld:
    """A stage without anybody for the documents of a unit: of which agency, and of which types."""

    stage: str
    label: Label
    unit: str
    agency: str
    types: tuple[str, ...]


def unheld(session: Session, procedure: Procedure) -> list[Unheld]:
    """Return each stage that would stop a document that somebody in the office may begin.

    Every drafter, agency, type and urgency is tried.
    """
    directory = OfficeDirectory(session)
    agencies = session.scalars(select(Agency.id).order_by(Agency.position)).all()
    names = {agency: name_of(session, agency, today()).full for agency in agencies}
    found: dict[tuple[str, str, str], dict[str, None]] = {}
    tried = _TRIED.get(procedure.kind, tuple(product(TABLE, (None, *URGENCIES[:1]))))
    for drafter, agency in product(_drafters(session, procedure.kind), agencies):
        for type_, urgency in tried:
            sample = Sample(drafter.id, drafter.unit_id, agency, type_, urgency)
            for stage in _stops(session, procedure, sample, directory):
                found.setdefault((stage, drafter.unit, names[agency]), {})[type_] = None
    return [
        Unheld(stage, procedure.stages[stage].label, unit, agency, tuple(types))
        for (stage, unit, agency), types in found.items()
    ]


class _Drafter(NamedTuple):
    id: int
    unit_id: int
    unit: str


def _drafters(session: Session, kind: str) -> Iterator[_Drafter]:
    """Yield everybody who may begin a document of a kind."""
    for user in session.scalars(select(User.id).where(User.active).order_by(User.id)):
        person = find_person(session, user)
        home = home_of(person, kind) if person else None
        if home is not None and home.unit_id is not None:
            yield _Drafter(user, home.unit_id, home.unit or "")


def _stops(
    session: Session, procedure: Procedure, sample: Sample, directory: OfficeDirectory
) -> Iterator[str]:
    """Yield the stages ahead that are not passed over and name nobody."""
    case = replace(sample.case(session, procedure), directory=directory)
    for ahead in procedure.ahead(case):
        if not ahead.stage.final and ahead.skipped is None and not ahead.holders:
            yield ahead.stage.name
