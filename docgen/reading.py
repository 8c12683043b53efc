"""Read content from outside: cleaned, complete, and refused with every problem at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from .ending_list import MOST_ENDINGS
from .ending_list import problems as problems_of_endings
from .errors import ContentError, Problem, TextError
from .formats.table import FORMS, MINUTES, forms_of
from .picture_list import MOST_PICTURES
from .picture_list import problems as problems_of_pictures
from .sheet import (
    DISCLOSURES,
    PUBLIC,
    TYPES,
    URGENCIES,
    Attendance,
    Content,
    Disclosure,
    Ending,
    FileRef,
    Part,
)
from .text import clean_text, has_secrecy_mark

MOST_ATTACHMENTS = 50
MOST_REFERENCES = 30
MOST_COPIES = 100_000
MOST_CO_AGENCIES = 8
LIMITS = {
    "title": 200,
    "body": 100_000,
    "addressees": 5000,
    "copy_to": 5000,
    "note": 200,
    "agency": 100,
    "basis": 4000,
    "reason": 500,
    "contact": 200,
    "distribution": 2000,
    "co_agencies": 1000,
    "number": 60,
    **dict.fromkeys(("present", "absent", "observers"), 3000),
    "name": 120,
    **dict.fromkeys(("type", "urgency", "kind", "form", "act", "from_date"), 20),
}
"""Characters a text may have."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_BETWEEN_NAMES = re.compile("[\n、，,；;]")
_OF_ENDING = ("number", "act", "from_date", "reason")
_LIST_END = "：:。；;，,、 \u3000"

Item = TypeVar("Item")


def read_content(data: Mapping[str, Any]) -> Content:
    """Read content that came from outside, cleaned.

    `addressees`, `copy_to` and `distribution` may be lists of names. Raises ContentError with every problem.
    """
    reading = Reading()
    if not isinstance(data, Mapping):
        raise ContentError([Problem("content", "This must be an object.")])
    reading.refuse_unknown(data, {field.name for field in fields(Content)}, "")
    if data.get("classification") is not None:
        reading.refuse_secret("classification")
    content = Content(
        type=reading.type(data.get("type")),
        title=reading.text(data.get("title"), "title", required=True),
        body=reading.text(data.get("body"), "body", lines=True, required=True),
        addressees=reading.names(data.get("addressees"), "addressees"),
        issued_text=reading.issued_text(data.get("issued_text")),
        attachments=reading.list(
            data.get("attachments"), "attachments", reading.attachment, MOST_ATTACHMENTS
        ),
        copy_to=reading.names(data.get("copy_to"), "copy_to"),
        urgency=reading.urgency(data.get("urgency")),
        note=reading.text(data.get("note"), "note"),
        agency=reading.text(data.get("agency"), "agency"),
        seal=reading.seal(data.get("seal")),
        basis=reading.text(data.get("basis"), "basis", lines=True),
        references=reading.list(data.get("references"), "references", reading.file, MOST_REFERENCES),
        disclosure=reading.disclosure(data.get("disclosure")),
        contact=reading.text(data.get("contact"), "contact"),
        copies=reading.copies(data.get("copies")),
        distribution=reading.names(data.get("distribution"), "distribution"),
        form=reading.form(data.get("form"), data.get("type")),
        co_agencies=reading.co_agencies(data.get("co_agencies"), data.get("agency")),
        lead_only=reading.yes_no(data.get("lead_only"), "lead_only"),
        attendance=reading.attendance(data.get("attendance"), data.get("type")),
        stamp=reading.stamp(data.get("stamp"), data.get("type"), data.get("form")),
        numbered=reading.yes_no(data.get("numbered"), "numbered") or None,
        pictures=reading.list(data.get("pictures"), "pictures", reading.file, MOST_PICTURES),
        ends=reading.list(data.get("ends"), "ends", reading.ending, MOST_ENDINGS),
    )
    reading.problems += problems_of_pictures(content)
    reading.problems += problems_of_endings(content)
    if reading.problems:
        raise ContentError(reading.problems)
    return content


class Reading:
    """Collects the problems of one reading, so that all are told at once."""

    limits: Mapping[str, int] = LIMITS

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(self, where: str, message: str, **params: str) -> None:
        self.problems.append(Problem(where, message, params))

    def refuse_secret(self, where: str) -> None:
        self.refuse(where, "This system handles no state secrets; use the classified channel.")

    def refuse_unknown(self, data: Mapping[str, Any], known: set[str], prefix: str) -> None:
        for key in data:
            if key not in known:
                self.refuse(f"{prefix}{_printable(key)}", "There is no such field.")

    def text(self, value: Any, where: str, *, lines: bool = False, required: bool = False) -> str:
        """Return a text, cleaned; the last word of `where` names its limit."""
        if value is not None and not isinstance(value, str):
            self.refuse(where, "This must be a text.")
            return ""
        limit = self.limits[where.rpartition(".")[2]]
        try:
            text = clean_text(value or "", where=where, limit=limit, lines=lines)
        except TextError as error:
            self.problems += error.problems
            return ""
        if required and not text:
            self.refuse(where, "This must not be empty.")
        if has_secrecy_mark(text):
            self.refuse_secret(where)
        return text

    def names(self, value: Any, where: str) -> str:
        if isinstance(value, (list, tuple)) and all(isinstance(name, str) for name in value):
            value = "、".join(name.strip(_LIST_END) for name in value if name.strip(_LIST_END))
        return self.text(value, where).rstrip(_LIST_END)

    def type(self, value: Any) -> str:
        kind = self.text(value, "type", required=True)
        if kind and kind not in TYPES:
            self.refuse("type", "%(value)s is not one of the 15 types of document.", value=kind)
        return kind

    def form(self, value: Any, type_: Any) -> str:
        form = self.text(value, "form")
        known = forms_of(type_) if type_ in TYPES else FORMS
        if form and form not in known:
            params = {"value": form, "type": str(type_), "known": ", ".join(known)}
            self.refuse("form", "%(type)s cannot have the form %(value)s; it may be: %(known)s.", **params)
        return form

    def urgency(self, value: Any) -> str | None:
        urgency = self.text(value, "urgency")
        if urgency and urgency not in URGENCIES:
            self.refuse("urgency", "%(value)s is neither 特急 nor 加急.", value=urgency)
        return urgency or None

    def seal(self, value: Any) -> bool | None:
        if value is not None and not isinstance(value, bool):
            self.refuse("seal", "This must be true, false or null.")
        return value

    def yes_no(self, value: Any, where: str) -> bool:
        if value is not None and not isinstance(value, bool):
            self.refuse(where, "This must be true, false or null.")
        return value is True

    def co_agencies(self, value: Any, lead: Any) -> tuple[str, ...]:
        """Return the other agencies of a joint document; a text has one a line, or divided by commas."""
        if isinstance(value, (list, tuple)) and all(isinstance(name, str) for name in value):
            value = "\n".join(value)
        text = self.text(value, "co_agencies", lines=True)
        names = [name for part in _BETWEEN_NAMES.split(text) if (name := part.strip(_LIST_END))]
        if len(names) > MOST_CO_AGENCIES:
            self.refuse("co_agencies", "There are more than %(most)s of them.", most=str(MOST_CO_AGENCIES))
        for name in dict.fromkeys(names):
            if len(name) > LIMITS["agency"]:
                params = {"name": name[:20], "limit": str(LIMITS["agency"])}
                self.refuse("co_agencies", "%(name)s… is longer than %(limit)s characters.", **params)
            if names.count(name) > 1:
                self.refuse("co_agencies", "%(name)s is named twice.", name=name)
            if isinstance(lead, str) and name == lead.strip():
                self.refuse("co_agencies", "%(name)s leads; only the other agencies stand here.", name=name)
        return tuple(names)

    def attendance(self, value: Any, type_: Any) -> Attendance | None:
        if value in (None, ""):
            return None
        data = self.object(value, "attendance", {"present", "absent", "observers"})
        if data is None:
            return None
        fields = ("present", "absent", "observers")
        lists = Attendance(*(self.names(data.get(field), f"attendance.{field}") for field in fields))
        if lists == Attendance():
            return None
        if type_ in TYPES and MINUTES not in forms_of(type_):
            self.refuse("attendance", "Only minutes say who was there.")
        return lists

    def stamp(self, value: Any, type_: Any, form: Any) -> bool | None:
        stamp = self.yes_no(value, "stamp") or None
        known = forms_of(type_) if type_ in TYPES else FORMS
        if stamp and (form or known[0]) == MINUTES:
            self.refuse("stamp", "Minutes bear no name chop.")
        return stamp

    def copies(self, value: Any) -> int | None:
        if value is None or (type(value) is int and 1 <= value <= MOST_COPIES):
            return value
        message = "This must be a whole number from %(least)s to %(most)s."
        self.refuse("copies", message, least="1", most=str(MOST_COPIES))
        return None

    def disclosure(self, value: Any) -> Disclosure | None:
        if value in (None, ""):
            return None
        data = self.object(value, "disclosure", {"kind", "reason"})
        if data is None:
            return None
        kind = self.text(data.get("kind"), "disclosure.kind", required=True)
        if kind and kind not in DISCLOSURES:
            known = "、".join(DISCLOSURES)
            self.refuse("disclosure.kind", "%(value)s is none of %(known)s.", value=kind, known=known)
        return Disclosure(kind, self.text(data.get("reason"), "disclosure.reason", required=kind != PUBLIC))

    def issued_text(self, value: Any) -> Part | None:
        if value in (None, ""):
            return None
        data = self.object(value, "issued_text", {"title", "body"})
        if data is None:
            return None
        title = self.text(data.get("title"), "issued_text.title", required=True)
        return Part(title, self.text(data.get("body"), "issued_text.body", lines=True, required=True))

    def attachment(self, value: Any, where: str) -> Part:
        data = self.object(value, where, {"title", "body", "file"})
        if data is None:
            return Part("")
        given = data.get("file")
        title = self.text(data.get("title"), f"{where}.title", required=True)
        body = self.text(data.get("body"), f"{where}.body", lines=True, required=given is None)
        if given is None:
            return Part(title, body)
        if body:
            self.refuse(f"{where}.body", "An attachment is a text or a file, not both.")
        return Part(title, "", self.file(given, f"{where}.file"))

    def file(self, value: Any, where: str) -> FileRef:
        data = self.object(value, where, {"sha256", "name", "size"})
        if data is None:
            return FileRef("", "", 0)
        sha256, size = data.get("sha256"), data.get("size")
        if not (isinstance(sha256, str) and _SHA256.fullmatch(sha256)):
            self.refuse(f"{where}.sha256", "This must be a SHA-256 in 64 small hex digits.")
        if type(size) is not int or size < 1:
            self.refuse(f"{where}.size", "This must be a count of bytes.")
        return FileRef(str(sha256), self.text(data.get("name"), f"{where}.name", required=True), size or 0)

    def ending(self, value: Any, where: str) -> Ending:
        data = self.object(value, where, set(_OF_ENDING))
        if data is None:
            return Ending("", "")
        number, act, day, reason = (self.text(data.get(name), f"{where}.{name}") for name in _OF_ENDING)
        return Ending(number, act, day or None, reason)

    def list(self, value: Any, where: str, read: Callable[[Any, str], Item], most: int) -> tuple[Item, ...]:
        if value is None:
            return ()
        if not isinstance(value, (list, tuple)):
            self.refuse(where, "This must be a list.")
            return ()
        if len(value) > most:
            self.refuse(where, "There are more than %(most)s of them.", most=str(most))
            return ()
        return tuple(read(item, f"{where}[{index}]") for index, item in enumerate(value))

    def object(self, value: Any, where: str, known: set[str]) -> Mapping[str, Any] | None:
        """Return an object that has no other fields than these, or None where there is none."""
        if not isinstance(value, Mapping):
            self.refuse(where, "This must be an object.")
            return None
        self.refuse_unknown(value, known, f"{where}.")
        return value


def _printable(key: object) -> str:
    return ascii(str(key))[1:-1][:40] if not str(key).isidentifier() else str(key)[:40]
