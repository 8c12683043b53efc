"""Take a draft in from a file, without an office behind it."""

from typing import Any

from docgen.errors import ContentError, Problem
from docgen.files import is_markup
from docgen.intake import Taken, intake_text
from docgen.intake.apart import intake_apart

_PACKAGES = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")
_ENCODINGS = ("utf-8-sig", "gb18030")


def take_in(data: bytes, name: str) -> Taken:
    """Read a DOCX or plain text, whatever its name says; a DOCX in a process of its own.

    Raises ContentError.
    """
    if data.startswith(_PACKAGES) or is_markup(data):
        return intake_apart(data, name).taken
    for encoding in _ENCODINGS:
        try:
            return intake_text(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    problem = Problem("file", "%(name)s is neither a Word document (DOCX) nor plain text.", {"name": name})
    raise ContentError([problem])


def take_in_text(text: str) -> Taken:
    """Read text that was pasted. Raises ContentError."""
    return intake_text(text)


def intake_alone(data: bytes, name: str) -> tuple[dict[str, Any], list[str], dict[str, bytes]]:
    """Return what a draft holds as `render_alone` takes it, what a clerk must look at, and its pictures."""
    taken = take_in(data, name)
    dates = {"dated": taken.dated, "printed_on": taken.printed_on}
    found: dict[str, Any] = {"content": taken.content}
    if taken.number:
        found["number"] = taken.number
    found |= {key: day.isoformat() for key, day in dates.items() if day}
    told = [problem.message % problem.params for problem in taken.reports]
    pictures = {one.name: one.data for one in taken.pictures}
    return found, [*told, *(f"not understood: {line}" for line in taken.left)], pictures
