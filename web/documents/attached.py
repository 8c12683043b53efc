"""Take files in from the editor, and show those of a document in the place of its paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from workflow import attached, uploads
from workflow.attached import Attached
from workflow.describe import Description
from workflow.errors import ContentError, NotFound, NotReady
from workflow.papers import MOST_PAGES_SHOWN
from workflow.referred import GROUPS
from workflow.spreadsheets import Grid

from .. import office, papers
from ..auth import person
from ..language import say, say_all
from ..uploads import MB, takes
from .files import send
from .routes import blueprint

LARGEST_FILE = 21 * MB  # a file of 20 MB, and the form around it


@dataclass(frozen=True)
class Shown:
    """A file as the page shows it: a picture, pictures of its pages, a workbook's cells, or why not."""

    one: Attached
    how: str  # picture, pages, grids
    paper: Any = None
    grids: Sequence[Grid] = ()
    wrong: Sequence[str] = ()
    most: int = MOST_PAGES_SHOWN


@blueprint.post("/uploads")
@takes(LARGEST_FILE)
def upload() -> Any:
    """Keep one file that the editor's script sends, and say how the text refers to it.

    With `as` it is a picture for the text, named unlike each `other`.
    """
    sent = request.files.get("file")
    as_picture = request.form.get("as") == "picture"
    others = request.form.getlist("other")
    data = sent.read() if sent else b""
    try:
        file = uploads.keep(
            person().id, (sent and sent.filename) or "", data, as_picture=as_picture, others=others
        )
    except ContentError as error:
        return {"reasons": [say(problem) for problem in error.problems]}, 422
    return {"sha256": file.sha256, "name": file.name, "size": file.size}, 201


@blueprint.get("/uploads/thumbnail")
def thumbnail() -> Response:
    """Send a small copy of a picture to its owner, or to who sees the document whose text has it."""
    file = attached.FileRef(
        request.args.get("sha256", ""), request.args.get("name", ""), request.args.get("size", 0, type=int)
    )
    of = {name: request.args.get(name, "") for name in ("document", "base")}
    return send(attached.fetch_thumbnail(office.session(), person(), file, **of))


def shown(description: Description) -> Shown | None:
    """Return the file that the address asks for (`show=attachments-2`), or None for the paper itself."""
    group, _, number = request.args.get("show", "").partition("-")
    if group not in GROUPS or not (number.isascii() and number.isdigit() and len(number) < 4):
        return None
    try:
        one = attached.place_in(description.content, group, int(number))
    except NotFound:  # the text has changed since the link was made
        return None
    if one.kind in attached.PICTURES:
        return Shown(one, "picture")
    if one.kind == "xlsx":
        return _grids(one)
    return Shown(one, "pages", papers.paper_of_file(description.id, one))


def _grids(one: Attached) -> Shown:
    try:
        return Shown(one, "grids", grids=attached.grids(one))
    except NotReady as refusal:
        return Shown(one, "grids", wrong=say_all(refusal.reasons))
