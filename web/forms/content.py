"""Turn the editor's form into a document's content, and content into what the form shows."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from workflow.choices import DISCLOSURES
from workflow.errors import ContentError

from ..language import say
from . import endings, files

Content = dict[str, Any]

_TEXTS = (
    "type", "title", "addressees", "body", "copy_to", "note", "agency", "basis", "contact", "distribution",
    "form", "co_agencies",
)  # fmt: skip
_SEAL = {"yes": True, "no": False}
_TICKS = ("stamp", "numbered", "lead_only")
_ATTENDANCE = ("present", "absent", "observers")
_LISTS = {"drop": "references", "unpicture": "pictures"}  # by the act that takes one out
_LONGEST_COUNT = 8  # digits
_NEEDS_NO_REASON = DISCLOSURES[0]


def blank() -> Content:
    """Return what the form of a new document starts with."""
    return {
        **dict.fromkeys(_TEXTS, ""),
        "type": "通知",
        "issued_text": None,
        "attachments": [],
        "urgency": None,
        "seal": None,
        "references": [],
        "pictures": [],
        "disclosure": None,
        "copies": None,
        "attendance": None,
        "ends": [],
        **dict.fromkeys(_TICKS),
    }


def read(form: MultiDict[str, str]) -> Content:
    """Return the content that a form holds, as it was typed; parts with nothing in them are left out."""
    issued = {"title": form.get("issued_title", ""), "body": form.get("issued_body", "")}
    return {
        **{name: form.get(name, "") for name in _TEXTS},
        "issued_text": issued if any(map(str.strip, issued.values())) else None,
        "attachments": [_part(*row) for row in files.rows_of(form) if any(map(str.strip, row))],
        "urgency": form.get("urgency") or None,
        "seal": _SEAL.get(form.get("seal", "")),
        "references": [files.from_text(one) for one in form.getlist("reference_file") if one],
        "pictures": [files.from_text(one) for one in form.getlist("picture_file") if one],
        "disclosure": _disclosure(form),
        "copies": _count(form.get("copies", "").strip()),
        "attendance": _attendance(form),
        "ends": endings.read(form),
        **{name: form.get(name) == "yes" or None for name in _TICKS},
    }


def _part(title: str, body: str, file: str) -> Content:
    if not file:
        return {"title": title, "body": body}
    return {"title": title, "body": body, "file": files.from_text(file)}


def _disclosure(form: MultiDict[str, str]) -> Content | None:
    """Return 公开属性; a reason that was typed before 主动公开 was chosen is dropped."""
    kind = form.get("disclosure", "")
    reason = form.get("disclosure_reason", "") if kind != _NEEDS_NO_REASON else ""
    return {"kind": kind, "reason": reason} if kind else None


def _attendance(form: MultiDict[str, str]) -> Content | None:
    lists = {name: form.get(f"attendance.{name}", "") for name in _ATTENDANCE}
    return lists if any(map(str.strip, lists.values())) else None


def _count(typed: str) -> int | str | None:
    """Return a number; what is none is left as it is, to be refused."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_COUNT
    return int(typed) if is_number else typed or None


def rows_of(form: MultiDict[str, str]) -> Content:
    """Return the content with its empty rows of attachments, after one was added, removed or moved."""
    parts = [_part(*row) for row in files.rows_of(form)]
    content = {**read(form), "attachments": parts}
    act, _, which = form.get("do", "").partition(":")
    place = int(which) if which.isascii() and which.isdigit() and len(which) < 4 else -1
    if act == "add":
        parts.append({"title": "", "body": ""})
    elif act in _LISTS and 0 <= place < len(content[_LISTS[act]]):
        del content[_LISTS[act]][place]
    elif 0 <= place < len(parts):
        _rearrange(parts, act, place)
    return content


def _rearrange(parts: list[Content], act: str, place: int) -> None:
    if act == "remove":
        del parts[place]
    elif act == "nofile":
        parts[place].pop("file", None)
    elif act == "up":
        parts.insert(max(place - 1, 0), parts.pop(place))


def copied(content: Mapping[str, Any]) -> Content:
    """Return a content with every field of the form."""
    return {**blank(), **content}


def as_base(content: Mapping[str, Any]) -> Content:
    """Return what a new text takes from another: it has no number and no dates, and ends nothing."""
    return {**copied(content), "ends": []}


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
        "title_lines": gettext("Line breaks of the title"),
        "addressees": gettext("Addressees"),
        "body": gettext("Text"),
        "issued_text": gettext("Issued text"),
        "attachments": gettext("Attachments"),
        "copy_to": gettext("Copies to"),
        "urgency": gettext("Urgency"),
        "note": gettext("Note"),
        "agency": gettext("Issued by"),
        "seal": gettext("Seal"),
        "basis": gettext("Grounds"),
        "references": gettext("Reference material"),
        "pictures": gettext("Pictures"),
        "disclosure": gettext("Disclosure"),
        "contact": gettext("Contact"),
        "copies": gettext("Copies"),
        "distribution": gettext("Distribution"),
        "form": gettext("Form on paper"),
        "co_agencies": gettext("Other agencies (joint document)"),
        "lead_only": gettext("Masthead of the lead agency alone"),
        "attendance": gettext("Who was there"),
        "stamp": gettext("Name chop"),
        "numbered": gettext("Numbered copies"),
        "ends": gettext("What it ends"),
    }
    numbered = number and name == "attachments"
    pieces: Iterable[str] = (
        gettext("Attachment %(number)s", number=int(number) + 1) if numbered else words.get(name, name),
        {
            "title": gettext("Title"),
            "body": gettext("Text"),
            "file": gettext("File"),
            "reason": gettext("Reason"),
            "present": gettext("Present"),
            "absent": gettext("Excused"),
            "observers": gettext("Sitting in"),
            "number": gettext("Number"),
            "act": gettext("What becomes of it"),
            "from_date": gettext("From (repeal only)"),
        }.get(part, ""),
    )
    return " · ".join(piece for piece in pieces if piece)
