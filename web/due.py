"""Say in words how a task's time stands: what is left of it in working time, or by how much it is over."""

from dataclasses import dataclass

from flask import Flask
from flask_babel import gettext, ngettext

from workflow import deadlines
from workflow.working_time import calendar

from . import office


@dataclass(frozen=True)
class Due:
    """A due time as pages show it; `covered` is false where a year on the way has no list of holidays."""

    at: str
    text: str
    tone: str  # over, soon, later
    covered: bool


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(due=due)


def due(due_at: str | None) -> Due | None:
    """Return how a due time stands, or None where there is none."""
    if due_at is None:
        return None
    found = deadlines.standing(calendar(office.session()), due_at)
    tone = "over" if found.overdue else "later" if found.days else "soon"
    return Due(due_at, _over(found) if found.overdue else _left(found), tone, found.covered)


def _over(found: deadlines.Standing) -> str:
    if found.days:
        return ngettext("%(num)s working day over", "%(num)s working days over", found.days)
    if found.hours:
        return ngettext("%(num)s hour over", "%(num)s hours over", found.hours)
    return gettext("less than an hour over")


def _left(found: deadlines.Standing) -> str:
    if found.days:
        return ngettext("%(num)s working day left", "%(num)s working days left", found.days)
    if found.hours:
        return ngettext("%(num)s hour left", "%(num)s hours left", found.hours)
    return gettext("less than an hour left")
