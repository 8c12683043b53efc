"""Say what a 发文稿纸 tells about its document, and what stands in its archive stamp."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from docgen.approval_sheet import Field
from docgen.sheet import Content
from states.inputs import CHOICES
from states.reasons import Label, Reason

from .describe import Passage

STAMP = (
    Reason("Fonds"),
    Reason("Year"),
    Reason("Item"),
    Reason("Organ or matter"),
    Reason("Retention"),
    Reason("Number of pages"),
)
"""The cells of the 归档章 (DA/T 22-2015, 45 x 16 mm)."""
_CODE = re.compile(r"(?P<fonds>.+)-WS·(?P<year>\d{4})-(?P<retention>[^-]+)-(?P<organ>.+)-(?P<item>\d+)")


class Speech(Protocol):
    """Says in one language what the office's data hold in both."""

    def say(self, reason: Reason) -> str: ...
    def label(self, names: Label) -> str: ...
    def day(self, day: date | None) -> str: ...
    def instant(self, stamped: str) -> str: ...
    def urgency(self, urgency: str) -> str: ...


def archive_stamp(document: Mapping[str, Any], speech: Speech) -> tuple[Field, ...]:
    """Return the cells of the archive stamp; the pages of the whole item are counted when it is bound."""
    code = _CODE.fullmatch(document["archival_code"] or "")
    values = [""] * len(STAMP)
    if code:
        period = CHOICES["retention_periods"] or {}
        retention = period.get(code["retention"])
        values[:5] = [code["fonds"], code["year"], str(int(code["item"])), code["organ"], code["retention"]]
        values[4] = speech.label(retention) if retention else code["retention"]
    return tuple(Field(speech.say(label), value) for label, value in zip(STAMP, values, strict=True))


def fields(
    content: Content,
    document: Mapping[str, Any],
    unit: str,
    passages: Sequence[Passage],
    speech: Speech,
) -> tuple[tuple[Field, ...], ...]:
    """Return the lines under the boxes; `unit` is the one that drafted it."""

    def field(label: Reason, value: str = "", *, large: bool = False) -> Field:
        return Field(speech.say(label), value, large)

    titles = [f"{number}.{part.title}" for number, part in enumerate(content.attachments, 1)]
    disclosure = content.disclosure
    reason = f"（{disclosure.reason}）" if disclosure and disclosure.reason else ""
    drafted = f"{passages[0].name} {speech.instant(passages[0].at)}" if passages else ""
    return (
        (field(Reason("Title"), document["title"], large=True),),
        (
            field(Reason("Document number"), document["number"] or ""),
            field(Reason("Secrecy and its term")),
            field(Reason("Urgency"), speech.urgency(document["urgency"]) if document["urgency"] else ""),
        ),
        (field(Reason("Addressees"), content.addressees),),
        (field(Reason("Copies to"), content.copy_to),),
        (field(Reason("Attachments"), "\n".join(titles)),),
        (field(Reason("Grounds"), content.basis),),
        (
            field(Reason("Disclosure"), f"{disclosure.kind}{reason}" if disclosure else ""),
            field(Reason("Note"), content.note),
        ),
        (field(Reason("Drafted by (unit)"), unit), field(Reason("Drafter and time"), drafted)),
        (
            field(Reason("Date of the document"), speech.day(document["dated"])),
            field(Reason("Printed on"), speech.day(document["printed_on"])),
        ),
        (field(Reason("Distribution"), document["distribution"] or content.distribution),),
        (
            field(Reason("Contact"), content.contact),
            field(Reason("Proof read by"), "、".join(_proof_readers(passages))),
        ),
        (
            field(Reason("Print number")),
            field(Reason("Printed by hand of")),
            field(Reason("Number of copies"), str(document["copies"] or content.copies or "")),
        ),
    )


def _proof_readers(passages: Sequence[Passage]) -> list[str]:
    read = [passage.details["proof_read_by"] for passage in passages if "proof_read_by" in passage.details]
    return list(dict.fromkeys(read[-1].values())) if read else []
