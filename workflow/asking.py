"""List whom somebody may ask, take off or hand their task to at a stage; say why not another."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from states import asking
from states.case import Case
from states.errors import NotReady
from states.procedure import Procedure
from states.reasons import Reason
from states.stage import Stage
from states.step import Step
from states.who import HOLDER, people

from .models import Appointment, Post, Unit, User

MAY_BE_ASKED, MAY_TAKE_OVER, MAY_BE_TAKEN_OFF = "may_be_asked", "may_take_over", "may_be_taken_off"
OF_PEOPLE = frozenset({MAY_BE_ASKED, MAY_TAKE_OVER, MAY_BE_TAKEN_OFF})

_NOBODY = {
    MAY_BE_ASKED: Reason("There is nobody else who could be asked"),
    MAY_TAKE_OVER: Reason("There is nobody else who may act at this stage"),
    MAY_BE_TAKEN_OFF: Reason("There is nobody whom you could take off the list"),
}
_IN_OFFICE = (
    exists()
    .where(Appointment.user_id == User.id, Post.id == Appointment.post_id)
    .where(Unit.id == Post.unit_id, Unit.internal)
)


def options(session: Session, procedure: Procedure, step: Step, case: Case, which: str) -> Mapping[str, str]:
    """Return whom the one who acts may choose, user name to name; nobody where the step is for others.

    Raises NotReady where there is nobody.
    """
    here = procedure.stages[case.state]
    if step.forbidden(case, here):
        return {}
    colleagues = select(User.id, User.username, User.name).where(User.active, _IN_OFFICE).order_by(User.id)
    found = {
        row.username: row.name
        for row in session.execute(colleagues)
        if why_not(here, step, case, which, row.id, row.name) is None
    }
    if not found:
        raise NotReady([_NOBODY[which]])
    return found


def why_not(here: Stage, step: Step, case: Case, which: str, person: int, name: str) -> Reason | None:
    """Return why a person cannot be chosen, or None."""
    if which == MAY_BE_ASKED:
        return asking.why_not_asked(case, here.asked(case), person, name)
    if which == MAY_TAKE_OVER:
        whose = step.acts_for(case, here) or case.actor or 0
        return asking.why_not_handed(case, here.asked(case), whose, here.may_hold(case), person, name)
    asked = here.to_be_asked(case) if here.consent == "all" else here.asked_first(case)
    oversees = any(case.actor in people(case, call) for call in step.who if call.name not in _OF_ONE)
    if person in asking.may_take_off(case, asked, case.actor or 0, oversees=oversees):
        return None
    if person not in asked:
        return Reason("%(name)s is not among those who are still to be asked", {"name": name})
    return Reason("%(name)s was not added by you", {"name": name})


_OF_ONE = (HOLDER, "who_added")


def refused(
    case: Case, here: Stage, step: Step, given: Mapping[str, Any], provided: Mapping[str, Any], known: Any
) -> dict[str, Reason]:
    """Return why people who were entered cannot be chosen, by input.

    known: the people of the user names that were entered.
    """
    found = {}
    for name, wanted in step.inputs.items():
        person = known.get(given.get(name)) if wanted.choices in OF_PEOPLE else None
        if person is None or person.username in provided.get(wanted.choices or "", ()):
            continue
        if reason := why_not(here, step, case, str(wanted.choices), person.id, person.name):
            found[name] = reason
    return found
