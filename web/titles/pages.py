"""List titles with filters, show one with all that befell it, give the list as a workbook."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext

from workflow.spreadsheets import Table
from workflow.titles import events, register
from workflow.titles.register import Wanted

from .. import office
from ..assessments.export import spreadsheet
from ..auth import person
from ..documents.files import send
from ..language import label
from .routes import blueprint, kinds, levels

FILTERS = ("category", "level", "state", "term", "unit")


@blueprint.get("/titles")
def index() -> str:
    """List the titles that are looked for, the latest first."""
    session, wanted = office.session(), _wanted()
    skip = max(0, request.args.get("skip", 0, type=int))
    found, total = register.titles(session, person(), wanted, skip)
    given = {name: value for name in FILTERS if (value := getattr(wanted, name))}
    after = skip + len(found)
    return render_template(
        "titles/index.html",
        lines=found,
        total=total,
        shown=after,
        wanted=wanted,
        given=given,
        choices=register.choices(session),
        levels=levels(),
        first=url_for("titles.index", **given) if skip else None,
        next=url_for("titles.index", **given, skip=after) if after < total else None,
    )


@blueprint.get("/titles.xlsx")
def workbook() -> Response:
    """Give what is looked for as a workbook; a text that looks like a formula stays a text."""
    found = register.all_titles(office.session(), person(), _wanted())
    called = levels()
    headings = (
        *(gettext("Unit"), gettext("Name when it was conferred"), gettext("Category"), gettext("Level")),
        *(gettext("Term"), gettext("Number"), gettext("Since"), gettext("Until"), gettext("State")),
        *(gettext("Certificate"), gettext("Remarks")),
    )
    rows = (
        (
            *(one.unit, one.title.holder, one.category, called[one.title.level], one.title.term),
            *(one.title.number, one.title.since, one.title.until, label(events.STATES[one.title.state])),
            *(one.title.certificate or "", one.title.note),
        )
        for one in found
    )
    widths = (36, 36, 16, 12, 14, 24, 12, 12, 10, 14, 30)
    name = gettext("Register of titles")
    return spreadsheet([Table(name, headings, rows, widths)], f"{name}.xlsx")


@blueprint.get("/titles/<int:title_id>")
def show(title_id: int) -> str:
    """Show a title to the office, or to the unit that holds it."""
    session, who = office.session(), person()
    line = register.find(session, who, title_id)
    return render_template(
        "titles/show.html",
        one=line.title,
        line=line,
        passages=register.history(session, who, line.title),
        levels=levels(),
        kinds=kinds(),
        all_=register.may_look_at_all(who),
    )


@blueprint.get("/titles/<int:title_id>/certificate.<format_>")
def certificate(title_id: int, format_: str) -> Any:
    """Hand out a certificate."""
    return send(register.certificate(office.session(), person(), title_id, format_))


def _wanted() -> Wanted:
    given = {name: request.args.get(name, "").strip()[:200] for name in FILTERS}
    return Wanted(**given)
