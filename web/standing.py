"""Name what later documents did to earlier ones, and how a document stands."""

from datetime import date

from flask import Flask
from flask_babel import gettext

from workflow import clock
from workflow.errors import NotReady, Reason
from workflow.in_force import Mark
from workflow.issued import TO_SIGNATORY

from .language import day


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(ending_name=ending_name, mark_name=mark_name, to_signatory=TO_SIGNATORY)


def ending_name(act: str) -> str:
    """Return what an act is called that ends an earlier document."""
    return {
        "rescind": gettext("Rescind"),
        "repeal": gettext("Repeal"),
        "replace": gettext("Issue anew"),
    }.get(act, act)


def mark_name(mark: Mark) -> str:
    """Return what was done to a document, with the day from which it counts."""
    if mark.act == "rescind":
        return gettext("Rescinded")
    if mark.from_date is None:
        return gettext("Issued anew")
    if mark.counts_on(clock.today()):
        return gettext("Repealed from %(day)s", day=day(mark.from_date))
    return gettext("Will be repealed from %(day)s", day=day(mark.from_date))


def day_asked(given: str) -> date | None:
    """Return the day on which documents are to be in force, `1` being today; raises NotReady."""
    if given in ("", "0"):
        return None
    if given == "1":
        return clock.today()
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise NotReady([Reason("%(text)s is no date", {"text": given[:20]})]) from error
