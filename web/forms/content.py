"""Turn the editor's form into a document's content, and content into what the form shows."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from workflow.errors import ContentError

from ..language import say

Content = dict[str, Any]

_TEXTS = ("type", "title", "addressees", "body", "copy_to", "note", "agency")
_SEAL = {"yes": True, "no": False}


def blank() -> Content:
    """Return what the form of a new document starts with."""
    return {
        **dict.fromkeys(_TEXTS, ""),
        "type": "通知",
        "issued_text": None,
        "attachments": [],
        "urgency": None,
        "seal": None,
    }


def read(form: MultiDict[str, str]) -> Content:
    """Return the content that a form holds, as it was typed; parts with nothing in them are left out."""
    titles, bodies = form.getlist("attachment_title"), form.getlist("attachment_body")
    parts = [{"title": t, "body": b} for t, b in zip(titles, bodies, strict=False)]
    issued = {"title": form.get("issued_title", ""), "body": form.get("issued_body", "")}
    return {
        **{name: form.get(name, "") for name in _TEXTS},
        "issued_text": issued if any(map(str.strip, issued.values())) else None,
        "attachments": [part for part in parts if any(map(str.strip, part.values()))],
        "urgency": form.get("urgency") or None,
        "seal": _SEAL.get(form.get("seal", "")),
    }


def rows_of(form: MultiDict[str, str]) -> Content:
    """Return the content with its empty rows of attachments, after one was added or removed."""
    titles, bodies = form.getlist("attachment_title"), form.getlist("attachment_body")
    parts = [{"title": t, "body": b} for t, b in zip(titles, bodies, strict=False)]
    act, _, which = form.get("do", "").partition(":")
    if act == "add":
        parts.append({"title": "", "body": ""})
    elif act == "remove" and which.isascii() and which.isdigit() and int(which) < len(parts):
        del parts[int(which)]
    return {**read(form), "attachments": parts}


def copied(content: Mapping[str, Any]) -> Content:
    """Return a content as the base of a new one: number, dates and signatures are not part of it."""
    return {**blank(), **content}


def problems_by_field(error: ContentError) -> dict[str, list[str]]:
    """Return what is wrong by field, in the reader's language."""
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        found.setdefault(problem.where, []).append(say(problem))
    return found


def field_label(where: str) -> str:
    """Return what a field of the content is called: `attachments[0].body`, `title`."""
    path, _, part = where.partition(".")
    name, _, number = path.rstrip("]").partition("[")
    words = {
        "type": gettext("Type"),
        "title": gettext("Title"),
        "addressees": gettext("Addressees"),
        "body": gettext("Text"),
        "issued_text": gettext("Issued text"),
        "attachments": gettext("Attachments"),
        "copy_to": gettext("Copies to"),
        "urgency": gettext("Urgency"),
        "note": gettext("Note"),
        "agency": gettext("Issued by"),
        "seal": gettext("Seal"),
    }
    pieces: Iterable[str] = (
        gettext("Attachment %(number)s", number=int(number) + 1) if number else words.get(name, name),
        {"title": gettext("Title"), "body": gettext("Text")}.get(part, ""),
    )
    return " · ".join(piece for piece in pieces if piece)
