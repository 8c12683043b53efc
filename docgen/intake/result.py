"""Gather what was taken out of a draft that somebody brought, and what was not understood."""

import hashlib
import re
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from ..errors import ContentError, Problem, TextError
from ..picture_lines import read_picture
from ..sheet import TYPES, FileRef
from ..text import clean_text, has_secrecy_mark, salvage

WHERE = "file"
MOST_TEXT = 200_000
"""Characters of a draft that are read."""

OTHER_TITLE = Problem(WHERE, "Attachment %(number)s has another title in the list: %(title)s")
_JOINED = Problem(WHERE, "%(count)s lines that were broken in mid-sentence were joined.")
_FULL_WIDTH = Problem(WHERE, "%(count)s marks among Chinese words were written in full width.")
_CLOSED = Problem(WHERE, "%(count)s gaps between figures and words were taken out.")
_NO_TITLE = Problem(WHERE, "No title was found; type the title.")
_NO_TYPE = Problem(WHERE, "The title does not end with a type of document; choose the type.")
_NO_TEXT = Problem(WHERE, "No text was found.")
_ONLY_NAMED = Problem(WHERE, "Attachment %(number)s is only named; its text is missing.")
_SECRET = Problem(WHERE, "This system handles no state secrets; use the classified channel.")
_LAST_BRACKET = re.compile(r"[（(][^（()）]{1,12}[）)]$")


@dataclass(frozen=True)
class Brought:
    """A picture that a draft brings along, clean, under the name that a line gives."""

    name: str
    data: bytes

    @property
    def ref(self) -> FileRef:
        return FileRef(hashlib.sha256(self.data).hexdigest(), self.name, len(self.data))


@dataclass(frozen=True)
class Taken:
    """A draft's content as `read_content` takes it, and what the system would add.

    `left` are the lines that were not understood, `reports` what was changed or not taken over, `pictures`
    those that the content names.
    """

    content: dict[str, Any]
    number: str | None = None
    dated: date | None = None
    printed_on: date | None = None
    signature: str = ""
    masthead: str = ""
    printed_by: str = ""
    left: tuple[str, ...] = ()
    reports: tuple[Problem, ...] = ()
    pictures: tuple[Brought, ...] = ()


@dataclass
class Piece:
    """A text with its own title, as it is gathered."""

    title: str = ""
    lines: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, str]:
        """Return it as JSON has it."""
        return {"title": self.title, "body": "\n".join(self.lines)}


@dataclass
class Gathered:
    """What was found so far."""

    main: Piece = field(default_factory=Piece)
    issued: Piece | None = None
    attachments: list[Piece] = field(default_factory=list)
    addressees: str = ""
    copy_to: str = ""
    urgency: str | None = None
    note: str = ""
    number: str | None = None
    dated: date | None = None
    printed_on: date | None = None
    signature: str = ""
    masthead: str = ""
    printed_by: str = ""
    left: list[str] = field(default_factory=list)
    reports: list[Problem] = field(default_factory=list)
    pictures: tuple[Brought, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)  # of the content, by the paper's form
    joins: int = 0
    gaps: int = 0
    marks: int = 0

    def report(self, problem: Problem, **params: object) -> None:
        """Say what was changed or not taken over, and with what."""
        self.reports.append(replace(problem, params={name: str(value) for name, value in params.items()}))

    def taken(self) -> Taken:
        """Return all of it, with what is missing reported."""
        kind = type_of(self.main.title)
        self._tell_mended()
        self._tell_missing(kind)
        pictures = self._named()
        refs = {"pictures": [asdict(one.ref) for one in pictures]} if pictures else {}
        return Taken(
            content={
                "type": kind,
                **self.main.to_dict(),
                "addressees": self.addressees,
                "issued_text": self.issued and self.issued.to_dict(),
                "attachments": [piece.to_dict() for piece in self.attachments],
                "copy_to": self.copy_to,
                "urgency": self.urgency,
                "note": self.note,
                **refs,
                **self.more,
            },
            number=self.number,
            dated=self.dated,
            printed_on=self.printed_on,
            signature=self.signature,
            masthead=self.masthead,
            printed_by=self.printed_by,
            left=tuple(line for line in self.left if line.strip()),
            reports=tuple(self.reports),
            pictures=pictures,
        )

    def _named(self) -> tuple[Brought, ...]:
        """Return the pictures that a line of a text names."""
        pieces = [self.main, *filter(None, [self.issued]), *self.attachments]
        lines = [line for piece in pieces for line in piece.lines] if self.pictures else []
        named = {picture.name for line in lines if (picture := read_picture(line))}
        return tuple(one for one in self.pictures if one.name in named)

    def _tell_mended(self) -> None:
        if self.joins:
            self.report(_JOINED, count=self.joins)
        if self.gaps:
            self.report(_CLOSED, count=self.gaps)
        if self.marks:
            self.report(_FULL_WIDTH, count=self.marks)

    def _tell_missing(self, kind: str) -> None:
        if not self.main.title:
            self.report(_NO_TITLE)
        elif not kind:
            self.report(_NO_TYPE)
        if not self.main.lines:
            self.report(_NO_TEXT)
        for number, piece in enumerate(self.attachments, 1):
            if not piece.lines:
                self.report(_ONLY_NAMED, number=number)


def type_of(title: str) -> str:
    """Return the type of document with which a title ends, '' where there is none."""
    bare = _LAST_BRACKET.sub("", title.strip())
    return next((kind for kind in TYPES if bare.endswith(kind)), "命令" if bare.endswith("令") else "")


def cleaned(text: str) -> str:
    """Return a text as it can be stored; only characters that nobody could print are taken away."""
    try:
        return clean_text(text, where=WHERE, limit=MOST_TEXT, lines=True)
    except TextError:
        return salvage(text, MOST_TEXT)


def refuse_unfit(text: str) -> None:
    """Raise ContentError when a text is longer than what is read, or marked as a state secret."""
    if len(text) > MOST_TEXT:
        params = {"length": str(len(text)), "limit": str(MOST_TEXT)}
        raise ContentError(
            [Problem(WHERE, "%(length)s characters are too many; the limit is %(limit)s.", params)]
        )
    if has_secrecy_mark(text):
        refuse_secret()


def refuse_secret() -> None:
    """Raise ContentError: nothing of a classified document is kept."""
    raise ContentError([_SECRET])
