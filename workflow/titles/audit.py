"""Check that titles say what their events say, and rest on what is in force."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..clock import today
from ..conferring import listing
from ..in_force import in_force
from ..models import Conferral, Document, Title
from ..work import load_content
from . import events
from .events import LIVING

CONFERRED = "conferred"  # what the movement that issues a conferral says of it


def findings(session: Session, records: Mapping[int, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """Yield a line for each title, and each conferral, that is not as it should be."""
    rows = session.scalars(select(Title).order_by(Title.id)).all()
    if not rows:
        return
    happened = events.of_titles(session, [title.id for title in rows])
    standing = set(session.scalars(select(Document.id).where(in_force(today()))))
    entered = set(session.scalars(select(Conferral.id).where(Conferral.superior_number.is_not(None))))
    for title in rows:
        for why in _wrong(title, happened[title.id], standing, entered):
            yield f"title {title.id} of {title.holder}: {why}"
    yield from _conferrals(session, records)


def _wrong(title: Title, happened: Sequence[Any], standing: set[int], entered: set[int]) -> Iterator[str]:
    days = (today(), today() - timedelta(days=1))  # what falls due is settled within the day
    found = [events.standing(happened, day) for day in days] if happened else []
    if (title.state, title.document_id) not in found:
        yield f"it is {title.state}, its events say {found[0][0] if found else 'nothing'}"
    if title.state in LIVING and title.document_id is not None and title.document_id not in standing:
        yield "the document on which it rests is not in force"
    if title.document_id is None and title.conferral_id is not None and title.conferral_id not in entered:
        yield "no document confers it"
    if title.pdf_sha256 and not title.docx_sha256:
        yield "its certificate is not the one that was laid out"


def _conferrals(session: Session, records: Mapping[int, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """Compare each conferral in force with its document: the annex, and how many titles came of it."""
    counted = select(Title.conferral_id, func.count()).group_by(Title.conferral_id)
    titles = {row[0]: row[1] for row in session.execute(counted)}
    rows = select(Conferral, Document).join(Document, Document.id == Conferral.document_id)
    for row, document in session.execute(rows.where(Conferral.act != "change").order_by(Conferral.id)):
        name = f"conferral {document.public_id}"
        if document.confers is not True:
            yield f"{name}: its document does not say that it confers"
        if row.in_force_at is None:
            continue
        content = load_content(session, document.id, document.revision)
        if row.annex_sha256 not in {listing.sha256_of(part.body) for part in content.attachments}:
            yield f"{name}: the annex is not the list that was approved"
        granted = sum(bool(entry.get("granted", True)) for entry in row.listed)
        if titles.get(row.id, 0) != granted:
            yield f"{name}: {titles.get(row.id, 0)} titles came of a list of {granted}"
        said = [
            one["details"][CONFERRED] for one in records.get(document.id, ()) if CONFERRED in one["details"]
        ]
        if row.act == "confer" and said != [granted]:
            yield f"{name}: its movements say that {said or 'nobody'} was named"
