"""Say what a document's content is, read it from outside, and give its canonical text."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from .errors import ContentError, Problem, TextError
from .text import clean_text

TYPES = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知",
    "通报", "报告", "请示", "批复", "议案", "函", "纪要",
)  # fmt: skip
"""The 15 文种 of 党政机关公文处理工作条例, art. 8."""

URGENCIES = ("特急", "加急")

MOST_ATTACHMENTS = 50
LIMITS = {"title": 200, "body": 100_000, "addressees": 5000, "copy_to": 5000, "note": 200, "agency": 100}
"""Characters a text may have."""

_SECRECY_MARK = re.compile(r"(绝密|机密|秘密)\s*★")
_LIST_END = "：:。；;，,、 \u3000"


@dataclass(frozen=True)
class Part:
    """A text with its own title: an attachment, or the text that a notice issues."""

    title: str
    body: str


@dataclass(frozen=True)
class Content:
    """What people write: nothing in it is the system's (number, date, signature, imprint)."""

    type: str
    title: str
    body: str
    addressees: str = ""
    issued_text: Part | None = None
    attachments: tuple[Part, ...] = ()
    copy_to: str = ""
    urgency: str | None = None
    classification: None = None
    note: str = ""
    agency: str = ""
    seal: bool | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the content as JSON has it; a field added later is left out while unset."""
        return {**asdict(self), "attachments": [asdict(part) for part in self.attachments]}

    def canonical(self) -> str:
        """Return the one text that is stored and hashed."""
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def sha256(self) -> str:
        """Return the SHA-256 of the canonical text, in hex."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


Content.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]
Part.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Particulars:
    """What the system adds to the content; None leaves the place empty and keeps its room."""

    masthead: str
    signature: str
    printed_by: str
    number: str | None = None
    dated: date | None = None
    printed_on: date | None = None


def read_content(data: Mapping[str, Any]) -> Content:
    """Read content that came from outside, cleaned.

    `addressees` and `copy_to` may be lists of names. Raises ContentError with every problem.
    """
    reading = _Reading()
    if not isinstance(data, Mapping):
        raise ContentError([Problem("content", "This must be an object.")])
    known = {field.name for field in fields(Content)}
    reading.refuse_unknown(data, known, "")
    kind = reading.text(data.get("type"), "type", 20, required=True)
    if kind and kind not in TYPES:
        reading.refuse("type", "%(value)s is not one of the 15 types of document.", value=kind)
    urgency = reading.text(data.get("urgency"), "urgency", 20) or None
    if urgency and urgency not in URGENCIES:
        reading.refuse("urgency", "%(value)s is neither 特急 nor 加急.", value=urgency)
    if data.get("classification") is not None:
        reading.refuse_secret("classification")
    seal = data.get("seal")
    if seal is not None and not isinstance(seal, bool):
        reading.refuse("seal", "This must be true, false or null.")
    issued = data.get("issued_text")
    content = Content(
        type=kind,
        title=reading.text(data.get("title"), "title", LIMITS["title"], required=True),
        body=reading.text(data.get("body"), "body", LIMITS["body"], lines=True, required=True),
        addressees=reading.names(data.get("addressees"), "addressees"),
        issued_text=reading.part(issued, "issued_text") if issued not in (None, "") else None,
        attachments=reading.parts(data.get("attachments"), "attachments"),
        copy_to=reading.names(data.get("copy_to"), "copy_to"),
        urgency=urgency,
        note=reading.text(data.get("note"), "note", LIMITS["note"]),
        agency=reading.text(data.get("agency"), "agency", LIMITS["agency"]),
        seal=seal,
    )
    if reading.problems:
        raise ContentError(reading.problems)
    return content


def parse_canonical(canonical: str) -> Content:
    """Return the content of a canonical text as it was stored, whatever would be refused today."""
    data = json.loads(canonical)
    data["attachments"] = tuple(Part(**part) for part in data["attachments"])
    data["issued_text"] = Part(**data["issued_text"]) if data["issued_text"] else None
    return Content(**data)


class _Reading:
    """Collects the problems of one reading, so that all are told at once."""

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

    def text(self, value: Any, where: str, limit: int, *, lines: bool = False, required: bool = False) -> str:
        if value is not None and not isinstance(value, str):
            self.refuse(where, "This must be a text.")
            return ""
        try:
            text = clean_text(value or "", where=where, limit=limit, lines=lines)
        except TextError as error:
            self.problems += error.problems
            return ""
        if required and not text:
            self.refuse(where, "This must not be empty.")
        if _SECRECY_MARK.search(text):
            self.refuse_secret(where)
        return text

    def names(self, value: Any, where: str) -> str:
        if isinstance(value, (list, tuple)) and all(isinstance(name, str) for name in value):
            value = "、".join(name.strip(_LIST_END) for name in value if name.strip(_LIST_END))
        return self.text(value, where, LIMITS[where]).rstrip(_LIST_END)

    def part(self, value: Any, where: str) -> Part:
        if not isinstance(value, Mapping):
            self.refuse(where, "This must be an object.")
            return Part("", "")
        self.refuse_unknown(value, {"title", "body"}, f"{where}.")
        title = self.text(value.get("title"), f"{where}.title", LIMITS["title"], required=True)
        body = self.text(value.get("body"), f"{where}.body", LIMITS["body"], lines=True, required=True)
        return Part(title, body)

    def parts(self, value: Any, where: str) -> tuple[Part, ...]:
        if value is None:
            return ()
        if not isinstance(value, (list, tuple)):
            self.refuse(where, "This must be a list.")
            return ()
        if len(value) > MOST_ATTACHMENTS:
            self.refuse(where, "There are more than %(most)s attachments.", most=str(MOST_ATTACHMENTS))
            return ()
        return tuple(self.part(item, f"{where}[{index}]") for index, item in enumerate(value))


def _printable(key: object) -> str:
    return ascii(str(key))[1:-1][:40] if not str(key).isidentifier() else str(key)[:40]
