"""Show papers as pictures: of documents, and of what is being typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeSerializer

from workflow import attached, papers
from workflow.attached import Attached
from workflow.describe import files, find
from workflow.doubtful import Doubt, doubts_of_typed
from workflow.errors import Busy, ContentError, ConverterMissing, DocgenError, NotFound
from workflow.titling import proposed

from . import office
from .auth import person
from .forms.content import field_label, problems_by_field, read
from .language import say

blueprint = Blueprint("papers", __name__)

KEPT_SECONDS = 24 * 3600  # a picture lies under the hash of its paper and never changes


@blueprint.get("/documents/<public_id>/paper")
def paper(public_id: str) -> Any:
    """Tell how far the pictures of a document are, and where they lie."""
    return paper_of(find(office.session(), person(), public_id))


@blueprint.get("/documents/<public_id>/<any(attachments, references):group>/<int:number>/paper")
def file_paper(public_id: str, group: str, number: int) -> Any:
    """Tell how far the pictures of a file that goes with a document are."""
    return paper_of_file(public_id, attached.locate(office.session(), person(), public_id, group, number))


@blueprint.get("/documents/<public_id>/paper/<int:page>.png")
def page(public_id: str, page: int) -> Response:
    """Send one page's picture to somebody who may see the document."""
    document = find(office.session(), person(), public_id)
    token = request.args.get("of", "")
    key = _read(token, public_id) if token else made(document).key
    return _png(key, page)


@blueprint.post("/preview")
def preview() -> Any:
    """Lay out what is typed so far and ask for its pictures; the token in the address is the asker's own."""
    try:
        of = {"document": request.args.get("document", ""), "base": request.form.get("base", "")}
        data = read(request.form)
        lines = request.form.get("title_lines", "")
        docx = papers.preview_of_typed(office.session(), person(), data, title_lines=lines, **of)
    except ContentError as error:
        found = [[field_label(where), *told] for where, told in problems_by_field(error).items()]
        return {"state": "incomplete", "problems": found}
    except DocgenError as error:
        return {"state": "failed", "message": str(error)}
    return {**paper_of_docx(docx), "doubts": told(doubts_of_typed(data)), "titles": proposed(data["title"])}


@blueprint.get("/preview/<token>")
def typed_paper(token: str) -> Any:
    """Tell how far the pictures of typed content are."""
    return _typed_paper(lambda: papers.how_far(_read(token, person().username)))


@blueprint.get("/preview/<token>/<int:page>.png")
def typed_page(token: str, page: int) -> Response:
    return _png(_read(token, person().username), page)


def paper_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the state of a document's pictures (ready, making, failed, unavailable) and their addresses.

    A past document without a file has none: the state is then `none`.
    """
    public_id = document["public_id"]
    poll = url_for("papers.paper", public_id=public_id)
    if document["origin"] == "imported" and document["frozen_sha256"] is None:
        return {"state": "none", "pages": [], "message": gettext("No file came with this document.")}
    try:
        found = made(document)
    except Busy:
        return {"state": "making", "poll": poll}
    except ConverterMissing:
        return _unavailable()
    except DocgenError as error:
        return {"state": "failed", "message": str(error)}
    return _state(found, poll, _pictures(found, public_id))


def made(document: Mapping[str, Any]) -> papers.Preview:
    """Ask for a document's pictures; a past one is shown as it came."""
    if document["origin"] == "here":
        return _ask(papers.preview_of(office.session(), document))
    kinds = {file["sha256"]: file["format"] for file in files(office.session(), document)}
    own = document["frozen_sha256"]
    return papers.ask_for_pictures_of_file(own, kinds[own])


def paper_of_file(public_id: str, one: Attached) -> dict[str, Any]:
    """Return the state of the pictures of a PDF or DOCX that goes with a document."""
    poll = url_for("papers.file_paper", public_id=public_id, group=one.group, number=one.number)
    try:
        made = papers.ask_for_pictures_of_file(one.file.sha256, one.kind)
    except Busy:
        return {"state": "making", "poll": poll}
    except ConverterMissing:
        return _unavailable()
    return _state(made, poll, _pictures(made, public_id))


def _pictures(made: papers.Preview, public_id: str) -> list[str]:
    of = _sign(made.key, public_id)
    return [
        url_for("papers.page", public_id=public_id, page=number + 1, of=of) for number in range(made.pages)
    ]


def told(doubts: Sequence[Doubt]) -> list[list[str]]:
    """Return what is to be looked at in print: the field's name, and what of it."""
    return [[field_label(where), say(reason)] for where, reason in doubts]


def paper_of_docx(docx: bytes) -> dict[str, Any]:
    """Return the state of the pictures of what is only tried; the addresses are the asker's own."""
    return _typed_paper(lambda: _ask(docx))


def _typed_paper(ask: Callable[[], papers.Preview]) -> dict[str, Any]:
    try:
        made = ask()
    except ConverterMissing:
        return _unavailable()
    token = _sign(made.key, person().username)
    pictures = [url_for("papers.typed_page", token=token, page=number + 1) for number in range(made.pages)]
    return _state(made, url_for("papers.typed_paper", token=token), pictures)


def _state(made: papers.Preview, poll: str, pictures: list[str]) -> dict[str, Any]:
    if made.error:
        return {"state": "failed", "message": gettext("The preview could not be made.")}
    if not made.pages:
        return {"state": "making", "poll": poll}
    return {"state": "ready", "pages": pictures}


def _unavailable() -> dict[str, Any]:
    return {
        "state": "unavailable",
        "message": gettext("LibreOffice is not installed here: there is no PDF and no preview."),
    }


def _ask(docx: bytes) -> papers.Preview:
    return papers.ask_for_pictures(docx)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="paper")


def _sign(key: str, whose: str) -> str:
    """Return a token that opens a paper for one document or one person only."""
    return str(_signer().dumps([key, whose]))


def _read(token: str, whose: str) -> str:
    try:
        key, named = _signer().loads(token)
    except (BadSignature, ValueError) as error:
        raise NotFound from error
    if named != whose:
        raise NotFound
    return str(key)


def _png(key: str, page: int) -> Response:
    response = Response(papers.picture(key, page), mimetype="image/png")
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}, immutable"
    return response
