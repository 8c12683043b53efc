"""Pass a document to colleagues for reading (传阅, 抄送); read and answer what was passed to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from workflow import choices
from workflow.circulation import answering, sending
from workflow.circulation.readers import Reader, readers_of, unanswered
from workflow.describe import Description
from workflow.directory import OfficeDirectory
from workflow.errors import NotReady

from .. import office
from ..auth import person
from ..language import say_all
from . import neighbours, page
from .routes import blueprint, once


@dataclass(frozen=True)
class Refusal:
    """What was not passed on or not answered, and why; `answer` is of which row, None where it was sent."""

    wrong: Sequence[str]
    typed: MultiDict[str, str]
    answer: int | None = None


@dataclass(frozen=True)
class Round:
    """What the page says of those to whom the document was passed."""

    readers: Sequence[Reader]
    mine: Sequence[Reader]  # what this person has still to read or answer
    unanswered: Sequence[str]  # names of those from whom an answer is awaited
    may_send: bool
    colleagues: Sequence[choices.Colleague]
    refusal: Refusal | None
    me: int
    longest: int = sending.LONGEST_NOTE


def passed_round(description: Description, refusal: Refusal | None) -> Round:
    """Return to whom a document was passed, and to whom this person may pass it."""
    session, who, row = office.session(), person(), description.document
    known = readers_of(session, row["id"])
    directory = cast(OfficeDirectory, description.case.directory)
    may = sending.may_send(session, directory, who, row)
    return Round(
        known,
        [one for one in known if one.reader_id == who.id and one.is_open],
        unanswered(known),
        may,
        choices.colleagues(session, but=who.id) if may else (),
        refusal,
        who.id,
    )


@blueprint.post("/documents/<public_id>/circulations")
def circulate(public_id: str) -> Any:
    """Pass the document to those who were chosen."""
    wants, chosen = "wants_answer" in request.form, request.form.getlist("readers")
    try:
        passed = sending.send(
            person().id, public_id, chosen, request.form.get("note", ""), wants_answer=wants, once=once()
        )
    except NotReady as refusal:
        office.refresh()
        return page.render(public_id, unpassed=Refusal(say_all(refusal.reasons), request.form)), 422
    if passed.names:
        flash(gettext("Passed on to %(names)s.", names="、".join(passed.names)), "success")
    return redirect(url_for("documents.show", public_id=public_id, **neighbours.carried()))  # type: ignore[arg-type]


@blueprint.post("/documents/<public_id>/circulations/<int:number>/read")
def read_circulation(public_id: str, number: int) -> Any:
    """Note that one has read it, and go on to the next."""
    was = neighbours.place(office.session(), person(), public_id)
    answering.mark_read(person().id, public_id, number)
    office.refresh()
    flash(gettext("Noted as read."), "success")
    return _onward(public_id, was)


@blueprint.post("/documents/<public_id>/circulations/<int:number>/answer")
def answer_circulation(public_id: str, number: int) -> Any:
    """Answer in a line, and go on to the next."""
    was = neighbours.place(office.session(), person(), public_id)
    words = answering.NO_OPINION if "no_opinion" in request.form else request.form.get("answer", "")
    try:
        answering.answer(person().id, public_id, number, words, once=once())
    except NotReady as refusal:
        office.refresh()
        unpassed = Refusal(say_all(refusal.reasons), request.form, number)
        return page.render(public_id, unpassed=unpassed), 422
    office.refresh()
    flash(gettext("Your answer stands on the record."), "success")
    return _onward(public_id, was)


@blueprint.post("/documents/<public_id>/circulations/<int:number>/withdraw")
def withdraw_circulation(public_id: str, number: int) -> Any:
    """Take back what was passed to a reader."""
    try:
        sending.withdraw(person().id, public_id, number)
    except NotReady as refusal:
        office.refresh()
        return page.render(public_id, unpassed=Refusal(say_all(refusal.reasons), MultiDict())), 422
    flash(gettext("Taken back; they see it no longer by this."), "success")
    return redirect(url_for("documents.show", public_id=public_id, **neighbours.carried()))  # type: ignore[arg-type]


def _onward(public_id: str, was: neighbours.Place | None) -> Any:
    """Stay on the list if it was done there, else go on from the document."""
    return redirect(
        url_for("desk.to_read") if "in_list" in request.form else neighbours.onward(public_id, was)
    )
