"""Fill the editor's form with a draft that somebody brought as a file or pasted."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext

from workflow import intake_alone, uploads

from ..auth import person
from ..forms import content
from ..language import say


@dataclass(frozen=True)
class Told:
    """What is shown beside the filled form: what was mended or found, and what was not understood."""

    told: tuple[str, ...]
    left: tuple[str, ...]


def take_in() -> tuple[content.Content, Told] | None:
    """Return the form's content with what the draft has in its place; None where no draft was sent.

    Raises ContentError.
    """
    sent = request.files.get("draft_file")
    if sent and sent.filename:
        taken = intake_alone.take_in(sent.read(), sent.filename)
    elif request.form.get("draft_text", "").strip():
        taken = intake_alone.take_in_text(request.form["draft_text"])
    else:
        return None
    for picture in taken.pictures:
        uploads.keep(person().id, picture.name, picture.data, as_picture=True)
    typed = content.rows_of(request.form)
    found = {name: value for name, value in taken.content.items() if value}
    told = [*map(say, taken.reports), *_by_the_system(taken)]
    return {**typed, **found}, Told(tuple(told), taken.left)


def _by_the_system(taken: Any) -> list[str]:
    """Return what stands in the draft and is given by the system: no field takes it."""
    values = (
        taken.masthead,
        taken.number,
        taken.signature,
        taken.dated and f"{taken.dated:%Y-%m-%d}",
        taken.printed_by,
        taken.printed_on and f"{taken.printed_on:%Y-%m-%d}",
    )
    found = "；".join(dict.fromkeys(filter(None, values)))
    if not found:
        return []
    return [gettext("The system gives these by itself, so they are in no field: %(found)s", found=found)]
