"""Say in words what is wrong with an installation, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from states.errors import ProcedureError
from states.reasons import Reason

from .. import opening
from ..errors import Unusable
from ..installation import read_tx
from . import databases
from .machine import MACHINE, Place
from .wellbeing import OFFICE


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `ill` says what is wrong and what to do, and is None when all is well."""

    subject: Reason
    ill: Reason | None = None


def examine(place: Place) -> Iterator[Check]:
    """Look at the machine, then at the place, then at the office itself, as far as it can be opened."""
    for subject, look in MACHINE:
        yield Check(subject, look(place))
    opened = _open(place)
    yield Check(Reason("The office opens"), opened)
    if opened is None:
        with read_tx() as session:
            for subject, inspect in OFFICE:
                yield Check(subject, inspect(session))


def _open(place: Place) -> Reason | None:
    if databases.is_empty(place.database_url):
        return Reason("The database is empty: run `make run`, or `flask --app app migrate`")
    try:
        opening.open_installation(place.database_url, place.data, place.procedures, place.backups)
        if place.production:
            opening.refuse_demonstration_accounts()
    except (Unusable, ProcedureError) as error:
        return Reason("It cannot be opened: %(why)s", {"why": str(error)})
    return None
