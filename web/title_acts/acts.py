"""Show what befell a title and what may be done about it; put it on the ladder, note what was put right."""

from collections.abc import Callable
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext

from workflow.titles import events, ladder, looking

from .. import office, uploads
from ..auth import person
from ..campaigns.routes import act
from .routes import blueprint

ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@blueprint.get("/<int:title_id>/acts")
def acts(title_id: int) -> Any:
    """Show a title with what befell it and what is to be put right."""
    return _page(title_id)


@blueprint.post("/<int:title_id>/acts/<code>")
@uploads.takes(21 * uploads.MB)
def take(title_id: int, code: str) -> Any:
    """Put a title on a rung of the ladder."""
    told = gettext("It is entered with the title.")
    verb = lambda: ladder.take(person().id, title_id, code, request.form, _sent())  # noqa: E731
    return _take(title_id, verb, told, code)


@blueprint.post("/<int:title_id>/events/<int:event_id>/put-right")
@uploads.takes(21 * uploads.MB)
def put_right(title_id: int, event_id: int) -> Any:
    """Note that what an event wanted is put right."""
    told = gettext("It is noted as put right.")
    verb = lambda: ladder.put_right(person().id, title_id, event_id, request.form, _sent())  # noqa: E731
    return _take(title_id, verb, told, f"event-{event_id}")


@blueprint.get("/<int:title_id>/events/<int:event_id>/<any(evidence, righted):which>")
def file(title_id: int, event_id: int, which: str) -> Response:
    """Send the file that proves an event, or that it was put right."""
    content, mimetype = looking.file(office.session(), person(), title_id, event_id, which)
    response = Response(content, mimetype=mimetype)
    name = f"{which}-{event_id}.{ENDINGS[mimetype]}"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _sent() -> bytes:
    sent = request.files.get("evidence")
    return sent.read() if sent else b""


def _take(title_id: int, verb: Callable[[], object], told: str, section: str) -> Any:
    return act(
        verb,
        told,
        url_for("title_acts.acts", title_id=title_id),
        lambda wrong, problems: _page(title_id, wrong, problems, section),
    )


def _page(
    title_id: int,
    wrong: list[str] | None = None,
    problems: dict[str, list[str]] | None = None,
    section: str = "",
) -> str:
    """Render a title; `section` is the one whose form was refused."""
    session = office.session()
    shown = looking.shown(session, person(), title_id)
    return render_template(
        "title_acts/acts.html",
        it=shown,
        rungs=[(rung, ladder.proposed_day(session, rung)) for rung in ladder.open_to(shown.title)],
        states=events.STATES,
        kinds=events.KINDS,
        wrong=wrong or [],
        problems=problems or {},
        section=section,
        typed=request.form,
    )
