"""Tell from a document's movements what was entered for others (代录), and what became of it (补签)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from .describe import Passage
from .making_good import ADD_SHEET, CONFIRM, DISPUTE


@dataclass(frozen=True)
class Said:
    """An opinion that somebody entered for another, from paper or as it was said.

    seq: its movement's place in the document; by: the name of who entered it; said_at and made_good_at
    are instants as they were recorded.
    """

    seq: int
    username: str
    name: str
    post: str
    by: str
    medium: str
    scan: str | None = None
    signed_on: date | None = None
    said_at: str | None = None
    heard_by: str = ""
    made_good_at: str | None = None
    sheet: str | None = None  # the one that was signed afterwards
    disputed: str = ""  # in the words of the one for whom it was entered

    @property
    def open(self) -> bool:
        """Say whether it still waits to be made good."""
        return self.medium == "oral" and self.made_good_at is None


def said(passages: Sequence[Passage]) -> dict[int, Said]:
    """Return what was entered for others, by the place of its movement."""
    found: dict[int, Said] = {}
    for seq, passage in enumerate(passages, 1):
        if "entered" in passage.details:
            found[seq] = _said(seq, passage.name, passage.details["entered"])
        elif (before := found.get(passage.details.get("opinion", 0))) is not None:
            found[before.seq] = _after(before, passage)
    return found


def _said(seq: int, by: str, entered: Mapping[str, Any]) -> Said:
    return Said(
        seq,
        entered["for"],
        entered["name"],
        entered["post"],
        by,
        entered["medium"],
        entered.get("scan"),
        signed_on(entered),
        entered.get("said_at"),
        entered.get("heard_by", ""),
    )


def signed_on(entered: Mapping[str, Any]) -> date | None:
    """Return the day written on a paper, from what its movement says of it."""
    written = entered.get("signed_on")
    return date.fromisoformat(written) if written else None


def _after(before: Said, passage: Passage) -> Said:
    if passage.action == DISPUTE:
        return replace(before, disputed=passage.comment)
    if passage.action in (CONFIRM, ADD_SHEET):
        return replace(before, made_good_at=passage.at, sheet=passage.details.get("scan"))
    return before


def whose(passage: Passage) -> str:
    """Return the name of the one whose act it was, whoever entered it."""
    said_by = passage.details.get("entered") or passage.details.get("co_signature")
    return said_by["name"] if said_by else passage.name


def on_behalf_of(passage: Passage) -> str | None:
    """Return the name of the one who had delegated an act to whoever took it (受X委托), if anybody did."""
    delegated = passage.details.get("delegated")
    return delegated["name"] if delegated else None
