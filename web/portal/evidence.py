"""Take evidence in, one file by the form's script or several with the form itself, and send it."""

from typing import Any

from flask import Response, request, url_for

from workflow.applications import evidence, form_code
from workflow.applications.missing import lacks
from workflow.errors import ContentError

from .. import office, uploads
from ..auth import person
from ..documents.files import send
from ..language import say
from . import words
from .routes import blueprint, find

LARGEST_FILE = (evidence.MOST_MB + 1) * uploads.MB
LARGEST_FORM = 64 * uploads.MB  # several files at once; with the script they come one by one


@blueprint.post("/applications/<public_id>/evidence")
@uploads.takes(LARGEST_FILE)
def attach(public_id: str) -> Any:
    """Take in one file that the form's script sends; say what stands at its place now."""
    given, sent = request.form, request.files.get("file")
    place = given.get("place", "")
    try:
        evidence.attach(
            person().id,
            public_id,
            place,
            (sent and sent.filename) or "",
            sent.read() if sent else b"",
            replaces=given.get("replaces", ""),
            code=given.get("code", ""),
        )
    except ContentError as error:
        return {"reasons": [say(problem) for problem in error.problems]}, 422
    office.refresh()
    it = find(public_id)
    if place == evidence.SIGNED_FORM:
        files = [it.content.signed_form]
    else:
        files = [file for one in it.content.answers if one.indicator == place for file in one.evidence]
    return {
        "files": [_shown(public_id, file) for file in files],
        "standing": words.form_standing(form_code.standing(it.content)),
        "lacks": [
            {"where": one.where, "text": say(one.reason)}
            for one in lacks(office.session(), it.document, it.content)
        ],
    }, 201


def _shown(public_id: str, file: Any) -> dict[str, Any]:
    address = url_for("portal.file", public_id=public_id, sha256=file.sha256)
    picture = file.name.lower().endswith((".png", ".jpg", ".jpeg"))
    return {
        "sha256": file.sha256,
        "name": file.name,
        "size": file.size,
        "href": address,
        "small": f"{address}?small=1" if picture else None,
        "kind": file.name.rpartition(".")[2].upper(),
    }


def take_in(public_id: str) -> dict[str, list[str]]:
    """Take in the files that came with the form itself; return what was refused, by place."""
    refused: dict[str, list[str]] = {}
    for name, sent in request.files.items(multi=True):
        act, _, place = name.partition(".")
        if not sent.filename or act not in ("file", "replace"):
            continue
        place, _, replaces = place.rpartition(":") if act == "replace" else (place, "", "")
        where = place if place == evidence.SIGNED_FORM else f"evidence.{place}"
        code = request.form.get("code", "") if place == evidence.SIGNED_FORM else ""
        try:
            known = {"replaces": replaces, "code": code}
            evidence.attach(person().id, public_id, place, sent.filename, sent.read(), **known)
        except ContentError as error:
            refused.setdefault(where, []).extend(say(problem) for problem in error.problems)
    return refused


@blueprint.get("/applications/<public_id>/files/<sha256>")
def file(public_id: str, sha256: str) -> Response:
    """Send a file of the application, or a small copy of a picture (`small`)."""
    find(public_id)
    return send(evidence.fetch(office.session(), person(), public_id, sha256, small="small" in request.args))
