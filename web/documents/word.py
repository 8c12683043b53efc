"""Take a draft back from Word: show what it changes, and keep it as a new text once somebody says so."""

import json
from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from states.errors import NotAllowed
from workflow import changes, engine, from_word
from workflow.describe import Description, describe
from workflow.errors import ContentError, KeyReused, NotReady, Stale
from workflow.uploads import keep

from .. import office, uploads
from ..auth import person
from ..forms.content import field_label, problems_by_field
from ..language import say_all
from . import neighbours
from .routes import blueprint, once, version


@blueprint.route("/documents/<public_id>/word", methods=["GET", "POST"])
@uploads.takes(21 * uploads.MB)
def word(public_id: str) -> Any:
    """Ask for a file that came back from Word, or show what it changes of the text."""
    description = _to_be_changed(public_id)
    if request.method == "GET":
        return _page(description)
    sent = request.files.get("file")
    if not (sent and sent.filename):
        return _page(description, wrong=[gettext("Choose a file.")]), 422
    try:
        found = from_word.read_from_word(office.session(), person(), public_id, sent.read(), sent.filename)
    except ContentError as error:
        return _page(description, wrong=_told(error)), 422
    for picture in found.pictures:
        keep(person().id, picture.name, picture.data, as_picture=True)
    return _page(description, found=found)


@blueprint.post("/documents/<public_id>/word/keep")
@uploads.takes(4 * uploads.MB)
def keep_word(public_id: str) -> Any:
    """Keep what was read as the document's text, by the rules of its stage."""
    content = _content()
    try:
        engine.revise(
            person().id,
            public_id,
            version(),
            content,
            change=request.form.get("change") or None,
            reason=request.form.get("reason", ""),
            once=once(),
        )
    except ContentError as error:
        return _page(_to_be_changed(public_id), wrong=_told(error)), 422
    except NotReady as refusal:
        return _refused(public_id, content, say_all(refusal.reasons)), 422
    except (Stale, KeyReused):
        office.refresh()
        told = gettext("The document has changed since you sent the file. Nothing was saved: look again.")
        return _refused(public_id, content, [told]), 409
    office.refresh()
    flash(gettext("The text is saved."), "success")
    came: dict[str, Any] = {**neighbours.carried()}
    return redirect(url_for("documents.show", public_id=public_id, saved=1, **came))


def _to_be_changed(public_id: str) -> Description:
    description = describe(office.session(), person(), public_id)
    if description.may_not_edit:
        raise NotAllowed(description.may_not_edit)
    return description


def _content() -> Any:
    """Return the content that the form carries; one that nobody was shown is malformed."""
    try:
        content = json.loads(request.form.get("content", ""))
    except ValueError:
        abort(400)
    return content if isinstance(content, dict) else abort(400)


def _told(error: ContentError) -> list[str]:
    found = problems_by_field(error)
    return [
        line if where == "file" else f"{field_label(where)}: {line}"
        for where, lines in found.items()
        for line in lines
    ]


def _refused(public_id: str, content: Any, wrong: Sequence[str]) -> str:
    again = from_word.read_again(office.session(), person(), public_id, content)
    return _page(_to_be_changed(public_id), again=again, wrong=wrong)


def _page(
    description: Description,
    *,
    found: from_word.FromWord | None = None,
    again: from_word.Reading | None = None,
    wrong: Sequence[str] = (),
) -> str:
    readings = [again] if again else [found.accepted, found.original] if found else []
    return render_template(
        "documents/word.html",
        it=description,
        found=found,
        readings=[one for one in readings if one],
        wrong=wrong,
        kinds=changes.KINDS if description.edit == "declared" else (),
        entered=request.form,
        carried=neighbours.carried(),
        field_label=field_label,
    )
