"""Say what a document's content is, and give its canonical text."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

TYPES = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知",
    "通报", "报告", "请示", "批复", "议案", "函", "纪要",
)  # fmt: skip
"""The 15 文种 of 党政机关公文处理工作条例, art. 8."""

URGENCIES = ("特急", "加急")

PUBLIC = "主动公开"
DISCLOSURES = (PUBLIC, "依申请公开", "不予公开")
"""The three 公开属性 of 政府信息公开条例, chapters 2 to 4."""


@dataclass(frozen=True)
class FileRef:
    """A file that goes with the text; its bytes lie elsewhere, under their hash."""

    sha256: str
    name: str
    size: int


@dataclass(frozen=True)
class Part:
    """A text with its own title: an attachment, or the text that a notice issues.

    An attachment may be a file instead; then its body is empty.
    """

    title: str
    body: str = ""
    file: FileRef | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the part as JSON has it."""
        plain: dict[str, Any] = {"title": self.title, "body": self.body}
        return {**plain, "file": asdict(self.file)} if self.file else plain


@dataclass(frozen=True)
class Disclosure:
    """Whether the document is to be made public (公开属性), and why not."""

    kind: str
    reason: str = ""


@dataclass(frozen=True)
class Attendance:
    """Who was at the meeting of which minutes tell (出席), who was excused (请假), who sat in (列席)."""

    present: str = ""
    absent: str = ""
    observers: str = ""


@dataclass(frozen=True)
class Ending:
    """An earlier document, by its number, that this one ends on being issued (条例 art. 33).

    act: rescind (撤销, void from the start), repeal (废止, from a day), replace (更正重发, anew).
    """

    number: str
    act: str
    from_date: str | None = None  # of a repeal, as ISO has it; None: from the day of issuing
    reason: str = ""


@dataclass(frozen=True)
class Content:
    """What people write: nothing in it is the system's (number, date, signature, imprint).

    From `basis` on it is for those who approve and send the document; of that only `contact` stands on
    paper, and only on what goes to a higher body. `form` says which form it has there (formats/table.py),
    the usual one of its type where it is empty.
    """

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
    basis: str = ""
    references: tuple[FileRef, ...] = ()
    disclosure: Disclosure | None = None
    contact: str = ""
    copies: int | None = None
    distribution: str = ""
    form: str = ""
    co_agencies: tuple[str, ...] = ()  # 联署机关 in order, after the agency that leads
    lead_only: bool = False  # the masthead names the agency that leads alone
    attendance: Attendance | None = None
    stamp: bool | None = None  # 签名章: a leader's post and name chop instead of the agency's signature
    numbered: bool | None = None  # 份号: the copies are numbered
    pictures: tuple[FileRef, ...] = ()  # a line ![caption](name) of a text stands for the one of that name
    ends: tuple[Ending, ...] = ()  # which earlier documents it rescinds, repeals or replaces

    @property
    def files(self) -> tuple[FileRef, ...]:
        """Return every file that the content refers to."""
        return (*(part.file for part in self.attachments if part.file), *self.references, *self.pictures)

    def placed_files(self) -> list[tuple[str, FileRef]]:
        """Return every file with the field at which it stands."""
        parts = enumerate(self.attachments)
        groups = (("references", self.references), ("pictures", self.pictures))
        return [
            *((f"attachments[{place}].file", part.file) for place, part in parts if part.file),
            *((f"{name}[{place}]", file) for name, files in groups for place, file in enumerate(files)),
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return the content as JSON has it; a field added later is left out while unset."""
        found = {name: getattr(self, name) for name in _FIRST}
        found["issued_text"] = self.issued_text and self.issued_text.to_dict()
        found["attachments"] = [part.to_dict() for part in self.attachments]
        for name in _LATER:
            if value := getattr(self, name):
                found[name] = value
        for name, files in (("references", self.references), ("pictures", self.pictures)):
            if files:
                found[name] = [asdict(file) for file in files]
        if self.ends:
            found["ends"] = [asdict(ending) for ending in self.ends]
        if self.disclosure:
            found["disclosure"] = asdict(self.disclosure)
        if self.attendance:
            found["attendance"] = asdict(self.attendance)
        if self.co_agencies:
            found["co_agencies"] = list(self.co_agencies)
        return found

    def canonical(self) -> str:
        """Return the one text that is stored and hashed."""
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def sha256(self) -> str:
        """Return the SHA-256 of the canonical text, in hex."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


_FIRST = (
    "type", "title", "body", "addressees", "copy_to", "urgency", "classification", "note", "agency", "seal",
)  # fmt: skip
_LATER = ("basis", "contact", "copies", "distribution", "form", "lead_only", "stamp", "numbered")

for _class in (Content, Part, FileRef, Disclosure, Attendance, Ending):
    _class.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[union-attr]


@dataclass(frozen=True)
class Particulars:
    """What the system adds to the content; None leaves the place empty and keeps its room."""

    masthead: str
    signature: str
    printed_by: str
    number: str | None = None
    dated: date | None = None
    printed_on: date | None = None
    signers: tuple[str, ...] = ()  # 签发人, whom only what goes to a higher body names
    co_mastheads: tuple[str, ...] = ()  # of the other agencies of a joint document, in order
    co_signatures: tuple[str, ...] = ()
    full_name: str = ""  # of the agency: the masthead of an order has it
    stamped: tuple[tuple[str, str], ...] = ()  # post and name of those whose name chops it bears
    copy_number: str | None = None


def parse_canonical(canonical: str) -> Content:
    """Return the content of a canonical text as it was stored, whatever would be refused today."""
    data = json.loads(canonical)
    data["attachments"] = tuple(map(_part, data["attachments"]))
    data["issued_text"] = _part(data["issued_text"]) if data["issued_text"] else None
    for name in ("references", "pictures"):
        if name in data:
            data[name] = tuple(FileRef(**file) for file in data[name])
    if "disclosure" in data:
        data["disclosure"] = Disclosure(**data["disclosure"])
    if "attendance" in data:
        data["attendance"] = Attendance(**data["attendance"])
    if "ends" in data:
        data["ends"] = tuple(Ending(**ending) for ending in data["ends"])
    if "co_agencies" in data:
        data["co_agencies"] = tuple(data["co_agencies"])
    return Content(**data)


def _part(data: dict[str, Any]) -> Part:
    return Part(**{**data, "file": FileRef(**data["file"])}) if "file" in data else Part(**data)
