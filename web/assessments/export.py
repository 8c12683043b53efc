"""Give a campaign's results as a workbook: the ranks, the steps of every total, every single score."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from flask import Response
from flask_babel import gettext

from workflow.assessment.blind import refuse_judges
from workflow.assessment.results import CategoryResults, Result, results
from workflow.assessment.scores import all_scores
from workflow.campaigns.clerk import refuse_strangers
from workflow.campaigns.finding import find
from workflow.spreadsheets import Cell, Table, write_workbook

from .. import office
from ..auth import person
from ..register.printed import XLSX
from .routes import blueprint, dropped_name, fraction, method_name

Lines = Iterator[Sequence[Cell | Decimal]]


@blueprint.get("/campaigns/<campaign_id>/results.xlsx")
def workbook(campaign_id: str) -> Response:
    """Give the results as a workbook; a text that looks like a formula stays a text."""
    session, who = office.session(), person()
    refuse_strangers(who)
    campaign = find(session, campaign_id)
    refuse_judges(session, who, campaign)
    found = results(session, campaign)
    tables = [_ranks(found), _steps(found), _scores(all_scores(session, who, campaign), found)]
    name = f"{campaign.title} {gettext('Results')}.xlsx"
    return spreadsheet(tables, name)


def spreadsheet(tables: Sequence[Table], name: str) -> Response:
    """Answer with a workbook under its own name."""
    response = Response(write_workbook(tables, landscape=True), mimetype=XLSX)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def number(hundredths: int | None) -> Decimal | None:
    """Return points as a number that a spreadsheet program reckons with."""
    return None if hundredths is None else Decimal(hundredths) / 100


def _ranks(found: Sequence[CategoryResults]) -> Table:
    headings = (
        *(gettext("Category"), gettext("Rank"), gettext("Tied"), gettext("Unit"), gettext("Total")),
        *(gettext("Differences to look at"), gettext("Remarks")),
    )

    def lines() -> Lines:
        for category in found:
            for one in category.results:
                tied = gettext("tied") if one.tied else ""
                total = number(one.total)
                flags = str(len(one.gaps)) if one.gaps else ""
                yield category.name, one.rank, tied, one.judged.row.unit, total, flags, remark(one)

    return Table(gettext("Results"), headings, lines(), (16, 8, 8, 36, 10, 14, 44))


def remark(one: Result) -> str:
    """Say what keeps a result from its rank, if anything does."""
    if one.reckoning is not None:
        vetoes: Any = one.reckoning["vetoes"]
        return "; ".join(
            gettext("Vetoed by %(name)s: %(reason)s", name=veto["name"], reason=veto["reason"])
            for veto in vetoes
        )
    return "; ".join(
        gettext(
            "%(method)s: %(n)s of %(m)s handed in",
            method=method_name(short.method),
            n=short.handed_in,
            m=max(short.wanted, short.assigned),
        )
        for short in one.short
    )


def _steps(found: Sequence[CategoryResults]) -> Table:
    headings = (
        *(gettext("Category"), gettext("Unit"), gettext("Method"), gettext("Assessor")),
        *(gettext("Sum of the points"), gettext("Counts"), gettext("Out of"), gettext("Mean")),
        *(gettext("Scaled"), gettext("Weight"), gettext("Subtotal")),
    )

    def lines() -> Lines:
        for category in found:
            for one in category.results:
                yield from _of(category, one)

    return Table(gettext("Steps"), headings, lines(), (16, 36, 16, 16, 12, 18, 10, 12, 12, 10, 12))


def _of(category: CategoryResults, one: Result) -> Lines:
    if one.reckoning is None:
        return
    unit = one.judged.row.unit
    weights = one.reckoning["weights"]
    for step in one.reckoning["methods"]:
        method = method_name(step["method"])
        for sheet in step["sheets"]:
            counts = dropped_name(sheet["dropped"]) if sheet["dropped"] else gettext("yes")
            yield (
                *(category.name, unit, method, sheet["name"], number(sheet["total"]), counts),
                *(number(step["of"]), "", "", "", ""),
            )
        yield (
            *(category.name, unit, method, gettext("together"), "", "", number(step["of"])),
            *(fraction(step["mean"]), fraction(step["scaled"]), f"{step['weight']}/{weights}"),
            fraction(step["subtotal"]),
        )
    total = number(one.reckoning["total"])
    yield category.name, unit, gettext("Total"), "", "", "", "", "", "", "", total


def _scores(given: Sequence[Any], found: Sequence[CategoryResults]) -> Table:
    names = {category.code: category.name for category in found}
    headings = (
        *(gettext("Category"), gettext("Unit"), gettext("Method"), gettext("Assessor")),
        *(gettext("Indicator"), gettext("Points"), gettext("Reason")),
    )
    lines = (
        (
            *(names.get(one.category, one.category), one.unit, method_name(one.method), one.name),
            *(one.indicator, number(one.points), one.reason),
        )
        for one in given
    )
    return Table(gettext("Scores"), headings, lines, (16, 36, 16, 16, 10, 10, 44))
