"""Keep what is being typed, so that a closed browser loses nothing."""

from typing import Any

from flask import redirect, request, url_for
from flask_wtf.csrf import generate_csrf

from workflow import clock, desk

from .. import office
from ..auth import person
from ..forms import content
from ..forms.points import answers_of
from .routes import blueprint, once


@blueprint.get("/typed")
def fresh_token() -> Any:
    """Give an editor that outlived its session a token for the new one."""
    return {"csrf_token": generate_csrf()}


@blueprint.post("/typed")
@blueprint.post("/documents/<public_id>/typed")
def keep_typed(public_id: str = "") -> Any:
    """Keep the form as it stands; it is no revision and may be incomplete."""
    form = once()
    at = desk.keep_typed(person(), public_id, kept(), form.key if form else "")
    return {"at": f"{clock.read(at):%H:%M:%S}"}


@blueprint.post("/typed/discard")
@blueprint.post("/documents/<public_id>/typed/discard")
def discard_typed(public_id: str = "") -> Any:
    """Drop the unsaved copy."""
    desk.forget_typed(person(), public_id)
    office.refresh()
    if public_id:
        return redirect(url_for("documents.edit", public_id=public_id))
    return redirect(url_for("documents.new"))


def kept() -> dict[str, object]:
    """Return the editor's form as it is kept: the content, and the version that it was typed over."""
    return {
        "content": content.rows_of(request.form),
        "version": request.form.get("version", "")[:10],
        **beside(),
    }


def beside() -> dict[str, Any]:
    """Return what the editor's form holds beside the content."""
    return {
        "change": request.form.get("change", "")[:20],
        "reason": request.form.get("reason", ""),
        "countersigners": request.form.getlist("countersigners")[:100],
        "countersign_units": request.form.getlist("countersign_units")[:100],
        "countersign_mode": request.form.get("countersign_mode", "")[:20],
        "countersign_needed": request.form.get("countersign_needed", "")[:10],
        "base": request.form.get("base", "")[:20],
        "title_lines": request.form.get("title_lines", "")[:400],
        "point_answers": {str(n): list(one) for n, one in answers_of(request.form).items()},
    }
