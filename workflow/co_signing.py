"""Keep what the other agencies of a joint document signed (联署, 条例 art. 22), as the clerk enters it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from . import scans
from .clock import today
from .describe import Description, Passage
from .models import CoSignature, Document, Upload, table
from .work import Work

_DETAIL = "co_signature"
_LONGEST = 100  # characters of a name or a post


@dataclass(frozen=True)
class CoSigned:
    """Another agency of a joint document and what came back from it: only its name while that is awaited."""

    agency: str
    name: str = ""
    post: str = ""
    signed_on: date | None = None
    scan: str | None = None
    by: str = ""  # the name of who entered it
    same_text: bool = True  # it was given on the text as it is now


def keep_co_signature(work: Work, inputs: Mapping[str, Any]) -> None:
    """Keep one agency's signature; with the last one 成文日期 is the latest day (条例 art. 9(11)).

    Raises NotReady with every reason.
    """
    given = {name: inputs.get(name) or "" for name in ("agency", "signatory", "post", "signed_on", "scan")}
    if wrong := list(_unfit(work, given)):
        raise NotReady(wrong)
    signed = {
        "agency": given["agency"],
        "name": given["signatory"],
        "post": given["post"],
        "signed_on": given["signed_on"],
        "scan": given["scan"] or None,
    }
    work.details = {_DETAIL: signed}
    row = {
        **signed,
        "document_id": work.id,
        "seq": work.document["movements"] + 1,
        "signed_on": date.fromisoformat(given["signed_on"]),
        "scan_sha256": signed["scan"],
        "content_sha256": work.document["content_sha256"],
        "by_id": work.person.id,
        "at": work.at,
    }
    del row["scan"]
    work.session.connection().execute(table(CoSignature).insert().values(row))
    known = {**(work.document["co_signed"] or {}), given["agency"]: [given["signatory"], given["signed_on"]]}
    work.set(co_signed=known)
    if set(work.document["co_agencies"] or ()) <= set(known):
        latest = max(date.fromisoformat(day) for _, day in known.values())
        work.set(dated=max(work.document["dated"], latest))


def _unfit(work: Work, given: Mapping[str, str]) -> Iterator[Reason]:
    """Yield what is wrong with a signature that came in."""
    for name in ("signatory", "post"):
        if len(given[name]) > _LONGEST:
            yield Reason("A name or a post has at most %(most)s characters", {"most": str(_LONGEST)})
    day = date.fromisoformat(given["signed_on"])
    if day > today():
        yield Reason("What was said or signed cannot lie in the future")
    if day < work.document["dated"]:
        known = {"day": work.document["dated"].isoformat()}
        yield Reason("The agency that leads signs first; it signed on %(day)s", known)
    if given["scan"]:
        sent = select(Upload.kind).where(Upload.sha256 == given["scan"], Upload.user_id == work.person.id)
        kind = work.session.scalars(sent).first()
        if kind is None:
            yield Reason("The scan is not a file that you sent in")
        elif kind not in scans.READABLE:
            kinds = ", ".join(scans.READABLE).upper()
            yield Reason("The file is none of these: %(kinds)s", {"kinds": kinds})


def of_passage(passage: Passage) -> CoSigned | None:
    """Return the agency's signature that a movement entered, or None."""
    signed = passage.details.get(_DETAIL)
    return None if signed is None else _read(signed, passage.name)


def _read(signed: Mapping[str, Any], by: str, same_text: bool = True) -> CoSigned:
    day = date.fromisoformat(signed["signed_on"])
    return CoSigned(signed["agency"], signed["name"], signed["post"], day, signed["scan"], by, same_text)


def co_signed(description: Description, passages: Sequence[Passage]) -> list[CoSigned]:
    """Return the other agencies of a document in order, each with its signature as it counts now."""
    counts = description.case.co_signed
    found = {name: CoSigned(name) for name in description.case.co_agencies}
    for passage in passages:
        signed = passage.details.get(_DETAIL)
        if signed is not None and signed["agency"] in counts:
            same = passage.content_sha256 == description.document["content_sha256"]
            found[signed["agency"]] = _read(signed, passage.name, same)
    return list(found.values())


def findings(session: Session, records: Mapping[int, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """Yield where signatures of other agencies are not what the movements say of them."""
    names = {row.id: row.public_id for row in session.execute(select(Document.id, Document.public_id))}
    kept = {(one.document_id, one.seq): _kept(one) for one in session.scalars(select(CoSignature))}
    last: dict[tuple[int, str], list[str]] = {}
    for document, found in records.items():
        for record in found:
            if (signed := record["details"].get(_DETAIL)) is None:
                continue
            last[document, signed["agency"]] = [signed["name"], signed["signed_on"]]
            if kept.pop((document, record["seq"]), None) != (signed, record["content_sha256"]):
                known = f"document {names.get(document)}: what is kept of the agency's signature"
                yield f"{known} entered by movement {record['seq']} is not what it says"
    for document, seq in kept:
        yield f"document {names.get(document)}: movement {seq} enters no agency's signature"
    counted = select(Document.id, Document.co_signed).where(Document.co_signed.is_not(None))
    for id_, counts in session.execute(counted):
        for agency, signed_by in (counts or {}).items():
            if last.get((id_, agency)) != signed_by:
                yield f"document {names.get(id_)}: no movement has the signature of {agency} that counts"


def _kept(one: CoSignature) -> tuple[dict[str, Any], str]:
    day = one.signed_on.isoformat()
    signed = {
        "agency": one.agency,
        "name": one.name,
        "post": one.post,
        "signed_on": day,
        "scan": one.scan_sha256,
    }
    return signed, one.content_sha256
