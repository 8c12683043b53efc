"""Make the certificates of titles once they are in force (jobs): DOCX at once, PDF in batches."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from docgen import pdf
from docgen.certificate import Certificate, render_certificate

from .. import archive, jobs
from ..agencies import name_of
from ..installation import read_tx, write_tx
from ..models import Campaign, Category, Conferral, Title, table
from ..papers import can_convert

CERTIFICATES = "certificates"
AT_ONCE = 60  # papers a call of the job
A_RUN = 20  # papers that LibreOffice converts at once

_titles = table(Title)


def make(key: str, payload: Mapping[str, str]) -> str | None:
    """Job: make what certificates of a conferral are missing, some at a time; PDF where it can be made."""
    with read_tx() as session:
        wanted = _awards(session, int(key))
    if wanted:
        made = {id_: render_certificate(award) for id_, award in wanted[:AT_ONCE]}
        _keep(made, "docx_sha256")
        return jobs.GO_ON
    if not can_convert():
        return None
    with read_tx() as session:
        waiting = session.execute(_unconverted(int(key)).limit(A_RUN)).all()
    if not waiting:
        return None
    papers = pdf.to_pdfs([archive.read(row.docx_sha256) for row in waiting])
    _keep({row.id: paper for row, paper in zip(waiting, papers, strict=True)}, "pdf_sha256", waiting)
    return jobs.GO_ON


def _awards(session: Session, conferral: int) -> list[tuple[int, Certificate]]:
    """Return what the certificates say that are not laid out yet."""
    rows = session.execute(
        select(Title, Category.name, Campaign.agency_id)
        .join(Category, Category.code == Title.category)
        .join(Conferral, Conferral.id == Title.conferral_id)
        .join(Campaign, Campaign.id == Conferral.campaign_id)
        .where(Title.conferral_id == conferral, Title.certificate.is_not(None), Title.docx_sha256.is_(None))
        .order_by(Title.id)
    ).all()
    return [(title.id, _award(session, title, category, agency)) for title, category, agency in rows]


def _award(session: Session, title: Title, category: str, agency_id: int) -> Certificate:
    return Certificate(
        unit=title.holder,
        category=category,
        term=title.term,
        until=title.until,
        agency=name_of(session, agency_id, title.since).full,
        dated=title.since,
        number=title.certificate or "",
    )


def _unconverted(conferral: int) -> Any:
    return (
        select(_titles.c.id, _titles.c.docx_sha256)
        .where(
            _titles.c.conferral_id == conferral,
            _titles.c.docx_sha256.is_not(None),
            _titles.c.pdf_sha256.is_(None),
        )
        .order_by(_titles.c.id)
    )


def _keep(made: Mapping[int, bytes], column: str, made_of: Sequence[Any] = ()) -> None:
    """Keep the papers; a PDF only while the DOCX is still the one that it was made of."""
    sources = {row.id: row.docx_sha256 for row in made_of}
    with write_tx() as session:
        for id_, paper in made.items():
            same = [_titles.c.docx_sha256 == sources[id_]] if id_ in sources else []
            values = {column: archive.put(session, paper)}
            session.execute(update(_titles).where(_titles.c.id == id_, *same).values(values))


def ask_again() -> None:
    """Ask for certificates that are missing: a crash lost their job, or there was no LibreOffice."""
    columns = [Title.docx_sha256, *([Title.pdf_sha256] if can_convert() else [])]
    missing = or_(*(column.is_(None) for column in columns))
    with read_tx() as session:
        lost = session.scalars(
            select(Title.conferral_id).where(Title.certificate.is_not(None), missing).distinct()
        ).all()
    for conferral in lost:
        with write_tx() as session:
            jobs.ask(session, CERTIFICATES, str(conferral), {}, again=True)


HANDLERS: dict[str, jobs.Handler] = {CERTIFICATES: make}
