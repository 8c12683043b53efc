"""Set a document for the printer: its layout, a copy from Word or WPS, its proof, the sheets to print."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from workflow.describe import describe
from workflow.errors import ContentError
from workflow.printing import copies, layouts, numbered, proofs, sheets
from workflow.printing.copies import OtherText

from .. import office, papers, uploads
from ..auth import person
from ..language import say, say_all
from .attached import LARGEST_FILE
from .converted import answer
from .files import send
from .page import render
from .routes import blueprint, once, version

MOST_PLACES = 40  # of a refused file that are shown


@dataclass(frozen=True)
class Refusal:
    """Why something was not done at the printer's, where the text differs, and what was entered."""

    act: str  # layout or copy
    reasons: Sequence[str]
    places: Sequence[tuple[str, Any]] = ()
    form: MultiDict[str, str] = field(default_factory=MultiDict)


@blueprint.post("/documents/<public_id>/layout")
def set_layout(public_id: str) -> Any:
    """Lay a document out otherwise."""
    try:
        layouts.set_layout(person().id, public_id, version(), _read(request.form), once=once())
    except ContentError as error:
        refusal = Refusal("layout", [say(one) for one in error.problems], form=request.form)
        return render(public_id, unprinted=refusal), 422
    office.refresh()
    flash(gettext("The layout is saved; look at the paper, then send it to print."), "success")
    return _back(public_id)


@blueprint.post("/documents/<public_id>/layout/preview")
def preview_layout(public_id: str) -> Any:
    """Show a document in a layout that is not saved yet."""
    description = describe(office.session(), person(), public_id)
    try:
        docx = layouts.preview(office.session(), description, _read(request.form))
    except ContentError as error:
        return {"state": "failed", "message": " ".join(map(say, error.problems))}
    return papers.paper_of_docx(docx)


@blueprint.get("/documents/<public_id>/working.docx")
def working_docx(public_id: str) -> Any:
    """Give the document out to be set in Word or WPS."""
    description = describe(office.session(), person(), public_id)
    return send(copies.working_copy(office.session(), description))


@blueprint.post("/documents/<public_id>/print-copy")
@uploads.takes(LARGEST_FILE)
def keep_print_copy(public_id: str) -> Any:
    """Take the finished DOCX back; another text is refused with its places."""
    file = request.files.get("file")
    name, data = (file.filename or "", file.read()) if file else ("", b"")
    name = name[-copies.LONGEST_NAME :] or gettext("The file")
    try:
        copies.keep_print_copy(person().id, public_id, version(), name, data, once=once())
    except OtherText as error:
        shown = [(place_name(one.place), one.runs) for one in error.places[:MOST_PLACES]]
        return render(public_id, unprinted=Refusal("copy", say_all(error.reasons), shown)), 422
    except ContentError as error:
        refusal = Refusal("copy", [say(one) for one in error.problems])
        return render(public_id, unprinted=refusal), 422
    office.refresh()
    flash(gettext("The text is the same: this file will be printed. Now send it to print."), "success")
    return _back(public_id)


@blueprint.post("/documents/<public_id>/proof")
def tick_proof(public_id: str) -> Any:
    """Say that the proof is without fault."""
    proofs.tick(person().id, public_id, request.form.get("file", ""), request.form.get("part", ""))
    office.refresh()
    flash(gettext("Thank you: you have read the proof and found no fault."), "success")
    return _back(public_id)


@blueprint.get("/documents/<public_id>/print/<kind>.pdf")
def sheets_to_print(public_id: str, kind: str) -> Any:
    """Send a PDF for the printer, or say that it is being made."""
    return answer(public_id, "pdf", lambda: sheets.fetch(office.session(), person(), public_id, kind))


@blueprint.get("/documents/<public_id>/print/<any(copies, 'overprint-copies'):kind>/<first>.pdf")
def numbered_copies(public_id: str, kind: str, first: str) -> Any:
    """Send a PDF of copies that bear their numbers, or say that it is being made."""
    red = kind == "copies"
    return answer(
        public_id, "pdf", lambda: numbered.fetch(office.session(), person(), public_id, first, red=red)
    )


@blueprint.get("/documents/<public_id>/print/overprint.docx")
def overprint_docx(public_id: str) -> Any:
    """Send the DOCX to be printed over red paper from Word or WPS."""
    return send(sheets.overprint_docx(office.session(), person(), public_id))


def place_name(place: Any) -> str:
    """Return what a place of the paper is called."""
    names = {
        "urgency": gettext("Urgency"),
        "masthead": gettext("Masthead"),
        "number": gettext("Document number"),
        "copy_number": gettext("Numbered copies"),
        "attendance": gettext("Who was there"),
        "title": gettext("Title"),
        "addressees": gettext("Addressees"),
        "text": gettext("Text, paragraph %(number)s", number=place.paragraph),
        "attachment_note": gettext("List of attachments"),
        "signature": gettext("Signature"),
        "dated": gettext("Date of the document"),
        "note": gettext("Note"),
        "issued_title": gettext("Title of the issued text"),
        "issued_text": gettext("Issued text, paragraph %(number)s", number=place.paragraph),
        "table": gettext("Table"),
        "imprint": gettext("Imprint"),
        "margin": gettext("Header or footer"),
        "document": gettext("There is far more text in the file"),
    }
    if place.element.startswith("attachment_") and place.attachment:
        number = {"number": place.attachment, "paragraph": place.paragraph}
        if place.paragraph:
            return gettext("Attachment %(number)s, paragraph %(paragraph)s", **number)
        return gettext("Attachment %(number)s", number=place.attachment)
    return names.get(place.element) or gettext("Added text")


def _back(public_id: str) -> Any:
    return redirect(url_for("documents.show", public_id=public_id))


def _read(form: MultiDict[str, str]) -> dict[str, Any]:
    """Return what the layout's form holds; what is no number is left for the one who reads it to refuse."""
    return {
        "title_lines": form.get("title_lines", "").replace("\r\n", "\n").replace("\r", "\n"),
        "line_tw": _number(form.get("line_pt", ""), 20),
        "masthead_size_pt": _number(form.get("masthead_size_pt", "")),
        "masthead_percent": _number(form.get("masthead_percent", "")),
        "page_breaks": [_number(value) for value in form.getlist("page_breaks")],
    }


def _number(typed: str, parts: int = 1) -> Any:
    """Return a typed number in whole parts, None for nothing, and what is no number as it is."""
    if not (plain := typed.strip()):
        return None
    try:
        return round(Decimal(plain) * parts)
    except (InvalidOperation, OverflowError, ValueError):
        return plain
