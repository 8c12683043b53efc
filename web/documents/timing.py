"""Tell by when a document is to be dealt with, who was urged, and whether one may urge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from states.reasons import Reason
from workflow import lists
from workflow.describe import Description
from workflow.directory import OfficeDirectory
from workflow.urging import by_hand

from .. import office
from ..auth import person


@dataclass(frozen=True)
class Urging:
    """What the page says of a document's time: who has it until when, who was urged, may one urge now."""

    holders: Sequence[Mapping[Any, Any]]
    done: Sequence[Mapping[Any, Any]]
    may: bool
    names: Sequence[str]
    reasons: Sequence[Reason]
    wrong: Sequence[str]


def urging(description: Description, wrong: Sequence[str] = ()) -> Urging:
    """Return what the document's page shows about its time."""
    session, row = office.session(), description.document
    directory = cast(OfficeDirectory, description.case.directory)
    holders = lists.who_has(session, [row["id"]]).get(row["id"], []) if row["submitted_at"] else []
    may = bool(holders) and by_hand.may_urge(directory, person(), row)
    outlook = by_hand.outlook(session, person(), row["id"]) if may else by_hand.Outlook((), ())
    names = [task.name for task in outlook.tasks]
    return Urging(holders, by_hand.urgings(session, row["id"]), may, names, outlook.reasons, wrong)
