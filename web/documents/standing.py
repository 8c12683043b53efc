"""Gather for a document's page how it stands: what later ones did to it, what it does to earlier ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from workflow import in_force
from workflow.describe import Description
from workflow.in_force import Mark
from workflow.reissue import may_reissue
from workflow.visibility import ISSUED

from .. import office
from ..auth import person


@dataclass(frozen=True)
class Standing:
    """What a page says of it, and which documents about it the person may begin."""

    marks: Sequence[Mark]
    ends: Sequence[Mark]
    issued: bool
    may_end: bool
    may_reissue: bool


def standing(description: Description) -> Standing:
    session, document = office.session(), description.document
    issued = document["state"] in ISSUED
    found = in_force.marks(session, person(), [document["id"]]) if issued else {}
    marks = found.get(document["id"], ())
    gone = any(mark.act != "repeal" for mark in marks)
    return Standing(
        marks,
        in_force.ending(session, person(), description.content),
        issued,
        issued and not gone and document["number"] is not None and person().home is not None,
        may_reissue(person(), document) and not gone,
    )
