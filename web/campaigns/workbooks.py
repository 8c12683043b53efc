"""Give a campaign's lists as workbooks: applications, the register of replies, objections.

A text that looks like a formula stays a text.
"""

from typing import Any

from flask import Response
from flask_babel import gettext

from states.reasons import Label
from workflow.applications.candidates import candidates
from workflow.campaigns import finding
from workflow.campaigns.points import write_points
from workflow.clock import read
from workflow.consulting.register import asked
from workflow.public_notices.verifying import objections
from workflow.spreadsheets import Table, write_workbook

from .. import office
from ..auth import person
from ..imports.workbook import xlsx
from ..language import label
from .routes import blueprint

REPLIES = {
    "none": Label(zh="无不同意见", en="no objection"),
    "objection": Label(zh="有不同意见", en="objection"),
}
CHANNELS = {
    "page": Label(zh="网页", en="page"),
    "phone": Label(zh="来电", en="telephone"),
    "letter": Label(zh="来信", en="letter"),
    "visit": Label(zh="来访", en="visit"),
}
OUTCOMES = {
    "unfounded": Label(zh="不成立", en="unfounded"),
    "upheld": Label(zh="成立", en="upheld"),
}


@blueprint.get("/campaigns/<public_id>/applications.xlsx")
def applications_workbook(public_id: str) -> Response:
    """Give every application that was submitted."""
    session = office.session()
    campaign = finding.find(session, public_id)
    headings = (
        *(gettext("Unit"), gettext("Category"), gettext("Recommending body"), gettext("Stage")),
        *(gettext("Total"), gettext("Rank")),
    )
    rows = [
        (
            *(one.unit, one.category_name, one.body, label(one.stage)),
            *(None if one.total is None else write_points(one.total), one.rank),
        )
        for one in candidates(session, campaign)
    ]
    return _answer(campaign.title, gettext("Applications"), headings, rows, (36, 16, 30, 16, 10, 8))


@blueprint.get("/campaigns/<public_id>/replies.xlsx")
def replies_workbook(public_id: str) -> Response:
    """Give the register of replies, as far as the one who asks sees them."""
    session, who = office.session(), person()
    campaign = finding.find(session, public_id)
    headings = (
        *(gettext("Body"), gettext("What about"), gettext("Letter"), gettext("Due"), gettext("Reply")),
        *(gettext("Replied on"), gettext("Text"), gettext("No longer waited for"), gettext("Entered by")),
    )
    rows = [
        (
            *(one.body, one.about, one.letter.number if one.letter else None, one.due_on),
            *_reply(one.row),
            one.entered_by,
        )
        for one in asked(session, who, campaign)
    ]
    return _answer(campaign.title, gettext("Replies"), headings, rows, (24, 30, 24, 12, 14, 12, 50, 30, 12))


@blueprint.get("/campaigns/<public_id>/objections.xlsx")
def objections_workbook(public_id: str) -> Response:
    """Give the objections; who made them is for the office clerk alone."""
    session, who = office.session(), person()
    campaign = finding.find(session, public_id)
    headings = (
        *(gettext("Receipt"), gettext("Unit"), gettext("Received on"), gettext("Channel"), gettext("Name")),
        *(gettext("Contact"), gettext("Objection"), gettext("What was found"), gettext("Outcome")),
        *(gettext("Answer"), gettext("Answered on")),
    )
    rows = [
        (
            *(one.row.receipt, one.unit, read(one.row.at).date(), label(CHANNELS[one.row.channel])),
            *(one.name, one.contact, one.row.text, one.row.finding),
            label(OUTCOMES[one.row.outcome]) if one.row.outcome else "",
            *(one.row.answer, read(one.row.answered_at).date() if one.row.answered_at else None),
        )
        for one in objections(session, who, campaign)
    ]
    widths = (26, 30, 12, 8, 12, 18, 50, 40, 10, 40, 12)
    return _answer(campaign.title, gettext("Objections"), headings, rows, widths)


def _reply(row: Any) -> tuple[Any, ...]:
    """Return what came back to a letter: of which kind, when, its words, why it is not waited for."""
    if row is None:
        return ("", None, "", "")
    return (label(REPLIES[row.reply]) if row.reply else "", row.replied_on, row.text, row.given_up)


def _answer(title: str, name: str, headings: Any, rows: Any, widths: tuple[int, ...]) -> Response:
    content = write_workbook([Table(name, headings, rows, widths)], landscape=True)
    return xlsx(content, f"{title} {name}.xlsx")
