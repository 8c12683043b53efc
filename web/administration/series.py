"""Open an agency's series of numbers, change what they serve, retire them."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from workflow.errors import ContentError
from workflow.office import series as verbs

from ..auth import person
from .agencies import agency_page, saved
from .routes import blueprint


@blueprint.post("/agencies/<code>/series")
def open_series(code: str) -> Any:
    """Open a series, perhaps in the place of another."""
    return _change(
        code,
        "series-new",
        lambda: verbs.open_series(person().id, code, _given()),
        gettext("The series is open."),
    )


@blueprint.post("/agencies/<code>/series/<int:series_id>")
def change_series(code: str, series_id: int) -> Any:
    """Change a series' name, the types that it serves, the last closed year."""
    return _change(
        code,
        f"series-{series_id}",
        lambda: verbs.change_series(person().id, series_id, _given()),
        gettext("The series is changed."),
    )


@blueprint.post("/agencies/<code>/series/<int:series_id>/retire")
def retire_series(code: str, series_id: int) -> Any:
    """Let a series number nothing new."""
    return _change(
        code,
        f"series-{series_id}",
        lambda: verbs.retire_series(person().id, series_id),
        gettext("The series is retired; its numbers stay in the register."),
    )


@blueprint.post("/agencies/<code>/series/<int:series_id>/revive")
def revive_series(code: str, series_id: int) -> Any:
    """Let a retired series give numbers again."""
    return _change(
        code,
        f"series-{series_id}",
        lambda: verbs.retire_series(person().id, series_id, retired=False),
        gettext("The series gives numbers again."),
    )


@blueprint.post("/agencies/<code>/series/<int:series_id>/delete")
def delete_series(code: str, series_id: int) -> Any:
    """Delete a series that never gave a number."""
    return _change(
        code,
        f"series-{series_id}",
        lambda: verbs.delete_series(person().id, series_id),
        gettext("The series is deleted."),
    )


def _change(code: str, section: str, act: Callable[[], object], told: str) -> Any:
    try:
        act()
    except ContentError as error:
        return agency_page(code, section, error), 422
    return saved(code, "series", told)


def _given() -> dict[str, Any]:
    form: MultiDict[str, str] = request.form
    return {**form.to_dict(), "types": form.getlist("types")}
