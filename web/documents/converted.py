"""Hand out what a conversion makes, or say how it stands; have one that failed tried again."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import force_locale

from workflow import conversions, slips
from workflow.describe import find
from workflow.downloads import Download, fetch
from workflow.errors import ConverterMissing, PdfError

from .. import office, papers
from ..auth import person
from .files import send
from .routes import blueprint
from .slip import PAPER_LANGUAGE, Spoken

WAIT_SECONDS = 2


@blueprint.get("/documents/<public_id>/files/<format_>")
def file(public_id: str, format_: str) -> Any:
    """Send the frozen file, or say how far its PDF is."""
    return answer(public_id, "pdf", lambda: fetch(office.session(), person(), public_id, format_))


@blueprint.get("/documents/<public_id>/slip.pdf")
def slip_pdf(public_id: str) -> Any:
    """Send the sheet as a PDF, or say how far it is."""
    docx = _slip(public_id)
    return answer(public_id, "slip", lambda: slips.pdf(docx))


@blueprint.post("/documents/<public_id>/again/<any(pdf, slip, pictures):what>")
def try_again(public_id: str, what: str) -> Any:
    """Have a conversion that failed tried again, and go back to where it is waited for."""
    conversions.try_again(office.session(), person(), public_id, *_job(public_id, what))
    back = {
        "pdf": url_for("documents.file", public_id=public_id, format_="pdf"),
        "slip": url_for("documents.slip_pdf", public_id=public_id),
        "pictures": url_for("documents.show", public_id=public_id),
    }
    return redirect(back[what])


def answer(public_id: str, what: str, ask: Callable[[], Download | None]) -> Any:
    """Return what `ask` gives; 202 with a page while it is being made, 503 with one when that failed."""
    try:
        found = ask()
    except ConverterMissing:
        raise
    except PdfError as error:
        return _page(public_id, what, conversions.failed(str(error))), 503
    if found is not None:
        return send(found)
    seconds = str(WAIT_SECONDS)
    standing = conversions.standing(office.session(), *_job(public_id, what))
    return _page(public_id, what, standing), 202, {"Retry-After": seconds, "Refresh": seconds}


def _page(public_id: str, what: str, standing: conversions.Standing) -> str:
    document = find(office.session(), person(), public_id)
    return render_template(
        "documents/being_made.html",
        public_id=public_id,
        what=what,
        standing=standing,
        may_try_again=conversions.may_try_again(person(), document),
        seconds=WAIT_SECONDS,
    )


def _job(public_id: str, what: str) -> tuple[str, str]:
    """Return the kind and the key of the job that makes something of a document."""
    if what == "slip":
        return conversions.PAPER, _slip(public_id).sha256
    document = find(office.session(), person(), public_id)
    if what == "pdf":
        return "pdf", document["frozen_sha256"] or ""
    return "pictures", papers.made(document).key


def _slip(public_id: str) -> Download:
    with force_locale(PAPER_LANGUAGE):
        return slips.docx(office.session(), person(), public_id, Spoken())
