"""Hand out a document's texts as DOCX: each as it was laid out, and what changed from one to another."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.origin import with_origin
from docgen.redline import Edit, redline_through
from docgen.sheet import Content, parse_canonical

from .describe import find, movements
from .directory import Person
from .downloads import FORMATS, Download, stem_of
from .errors import NotFound
from .laying import Paper, paper_of, pictures_of
from .models import Revision, User

_NOT_YET = dict.fromkeys(("number", "dated", "printed_on", "signatory_id", "layout"))


@dataclass(frozen=True)
class Standing:
    """Which revisions were submitted (送审稿), and which one is the text as signed, corrected (定稿)."""

    submitted: frozenset[int]
    final: int | None


def standing(
    session: Session, document: Mapping[str, Any], versions: Sequence[Mapping[str, Any]]
) -> Standing:
    """Return how a document's revisions stand; each of them needs n, at and content_sha256."""

    def latest(sha256: str | None, until: str) -> int | None:
        return max(
            (v["n"] for v in versions if v["content_sha256"] == sha256 and v["at"] <= until), default=None
        )

    submissions = [one for one in movements(session, document["id"]) if one.action == "submit"]
    submitted = {latest(one.content_sha256, one.at) for one in submissions}
    signed = document["vouched_sha256"] if document["signed_sha256"] else None
    return Standing(frozenset(n for n in submitted if n), latest(signed, versions[-1]["at"]))


def redline_of(session: Session, person: Person, public_id: str, from_n: int, to_n: int) -> Download:
    """Return the later text's paper with each change marked as whose revision made it (花脸稿).

    Raises NotFound, also when the person may not see the document.
    """
    document, versions = texts_of(session, person, public_id)
    chosen = [version for version in versions if from_n <= version["n"] <= to_n]
    if not chosen or from_n >= to_n or (chosen[0]["n"], chosen[-1]["n"]) != (from_n, to_n):
        raise NotFound
    first, *rest = [(parse_canonical(version["content"]), version) for version in chosen]
    paper = _paper(session, document, rest[-1][0], to_n == standing(session, document, versions).final)
    edits = [Edit(content, version["author_name"], version["at"]) for content, version in rest]
    docx = redline_through(
        first[0], edits, paper.particulars, paper.layout, pictures_of(first[0], *(text for text, _ in rest))
    )
    return _download(docx, f"{stem_of(document)}（花脸稿 第{from_n}稿至第{to_n}稿）.docx")


def paper_docx(session: Session, person: Person, public_id: str, n: int) -> Download:
    """Return a revision laid out: 定稿 with the number and dates as known, what came before without.

    Raises NotFound, also when the person may not see the document.
    """
    document, versions = texts_of(session, person, public_id)
    version = next((version for version in versions if version["n"] == n), None)
    if version is None:
        raise NotFound
    known = standing(session, document, versions)
    paper = _paper(session, document, parse_canonical(version["content"]), n == known.final)
    docx = with_origin(paper.docx(), version["content_sha256"])
    name = "定稿" if n == known.final else f"{'送审稿' if n in known.submitted else '草稿'} 第{n}稿"
    return _download(docx, f"{stem_of(document)}（{name}）.docx")


def texts_of(
    session: Session, person: Person, public_id: str
) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
    """Return a document and its texts, first to last, each with n, at, content and its hash.

    Raises NotFound, also for one of former years: that was never laid out here.
    """
    document = find(session, person, public_id)
    if document["origin"] == "imported":
        raise NotFound
    columns = (Revision.n, Revision.at, Revision.content, Revision.content_sha256)
    rows = session.execute(
        select(*columns, User.name.label("author_name"))
        .join(User, User.id == Revision.author_id)
        .where(Revision.document_id == document["id"])
        .order_by(Revision.n)
    )
    return document, [dict(row._mapping) for row in rows]


def draft_paper(session: Session, document: Mapping[str, Any], content: Content) -> Paper:
    """Return a text's paper without what is given later: number, dates, who signed it, a layout."""
    return paper_of(session, {**document, **_NOT_YET}, content)


def _paper(session: Session, document: Mapping[str, Any], content: Content, final: bool) -> Paper:
    return (paper_of if final else draft_paper)(session, document, content)


def _download(docx: bytes, name: str) -> Download:
    return Download(docx, hashlib.sha256(docx).hexdigest(), name, FORMATS["docx"])
