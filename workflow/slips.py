"""Gather what stands on a document's 发文稿纸, for the page and for the paper alike."""

import hashlib
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.approval_sheet import ApprovalSheet, Box, BoxRow, Opinion, render_sheet
from states.reasons import Reason

from . import archive, conversions, opinions, signatures
from .clock import stamp
from .describe import Description, Passage, describe, movements
from .directory import Person, find_by_usernames
from .downloads import FORMATS, Download, stem_of
from .errors import NotFound
from .installation import read_tx, write_tx
from .models import DocumentFile
from .path import drafting_unit
from .said import Said
from .slip_fields import Speech, archive_stamp, fields

FORMAT = "slip"


def docx(session: Session, person: Person, public_id: str, speech: Speech) -> Download:
    """Return the sheet as a DOCX, as it was kept once the document is filed.

    Raises NotFound, also when the person may not see the document.
    """
    description = describe(session, person, public_id)
    kept = _kept(session, description.document["id"])
    made = archive.read(kept) if kept else _render(session, description, speech)
    name = f"发文稿纸 {stem_of(description.document)}.docx"
    return Download(made, hashlib.sha256(made).hexdigest(), name, FORMATS["docx"])


def keep(public_id: str, payload: Mapping[str, str], speech: Speech) -> None:
    """Job: keep the sheet of a document that was filed beside it (DA/T 22-2015: they are one item)."""
    with read_tx() as session:
        filed_by = find_by_usernames(session, [payload["by"]])[payload["by"]]
        description = describe(session, filed_by, public_id)
        if _kept(session, description.document["id"]):
            return
        made = _render(session, description, speech)
    archive.lay_down(made)
    with write_tx() as session:
        sha256 = archive.put(session, made)
        session.add(
            DocumentFile(
                document_id=description.document["id"],
                format=FORMAT,
                sha256=sha256,
                made_from=sha256,  # its own: it is no file of the frozen one
                at=stamp(),
            )
        )


def _kept(session: Session, document_id: int) -> str | None:
    """Return the hash of the sheet that was kept when the document was filed."""
    found = select(DocumentFile.sha256).where(
        DocumentFile.document_id == document_id, DocumentFile.format == FORMAT
    )
    return session.scalars(found).first()


def _render(session: Session, description: Description, speech: Speech) -> bytes:
    sheet = sheet_of(session, description, movements(session, description.document["id"]), speech)
    return render_sheet(sheet, {sha256: archive.read(sha256) for sha256 in sheet.signatures})


def pdf(docx: Download) -> Download | None:
    """Return a sheet as PDF, or None while that is being made; raises ConverterMissing, PdfError."""
    made = conversions.pdf_of(docx.content)
    if made is None:
        return None
    name = f"{docx.name.removesuffix('.docx')}.pdf"
    return Download(made, hashlib.sha256(made).hexdigest(), name, FORMATS["pdf"])


def sheet_of(
    session: Session, description: Description, passages: Sequence[Passage], speech: Speech
) -> ApprovalSheet:
    """Return the sheet as it stands; raises NotFound for a past document, which got no opinion here."""
    document = description.document
    if document["origin"] != "here":
        raise NotFound
    signed = signatures.places(session, document)
    stages = description.procedure.stages

    def box(one: opinions.Box) -> Box:
        judged = one.stage is not None and stages[one.stage].opinion
        said = (
            _opinion(each, judged, passages[each.seq - 1], signed.get(each.seq), speech)
            for each in one.opinions
            if judged or each.comment or passages[each.seq - 1].dest != one.stage  # 送印 says nothing
        )
        return Box(speech.label(one.label), tuple(said), speech.say(one.skipped) if one.skipped else "")

    rows = tuple(
        BoxRow(row.room, tuple(box(one) for one in row.boxes))
        for row in opinions.boxes(description, passages)
    )
    return ApprovalSheet(
        speech.say(
            Reason("%(agency)s: sheet for the approval of a document", {"agency": description.content.agency})
        ),
        archive_stamp(document, speech),
        rows,
        fields(description.content, document, drafting_unit(session, document), passages, speech),
    )


def _opinion(
    said: opinions.Opinion, judged: bool, passage: Passage, signature: str | None, speech: Speech
) -> Opinion:
    remarks = []
    if said.on_behalf_of:
        remarks.append(speech.say(Reason("on behalf of %(name)s", {"name": said.on_behalf_of})))
    if said.entered:
        remarks.append(_origin(said.entered, speech))
    if said.agency:
        remarks.append(f"（{speech.say(Reason('entered by %(name)s from paper', {'name': passage.name}))}）")
    now = "On the text as it is now" if said.same_text else "The text was changed afterwards"
    remarks.append(speech.say(Reason(now)))
    return Opinion(
        said.seq,
        _words(said, judged or said.agency is not None, passage, speech),
        f"{said.agency.agency}　{said.name}" if said.agency else said.name,
        said.post,
        _day(said, speech),
        tuple(remarks),
        signature,
    )


def _words(said: opinions.Opinion, judged: bool, passage: Passage, speech: Speech) -> str:
    """Return what was said; whoever sent it on without a word agreed (条例 art. 22), other acts are named."""
    act = speech.label(said.act)
    if said.direction == "forward":
        return said.comment or (speech.label(opinions.AGREED) if judged else act)
    return "：".join(filter(None, (act, passage.details.get("correction"), said.comment)))


def _day(said: opinions.Opinion, speech: Speech) -> str:
    on_paper = said.entered or said.agency
    if on_paper and on_paper.signed_on:
        return speech.day(on_paper.signed_on)
    return speech.instant(said.entered.said_at if said.entered and said.entered.said_at else said.at)


def _origin(one: Said, speech: Speech) -> str:
    """Return who entered an opinion for another, from what, and what became of it."""
    if one.medium == "paper":
        told = [Reason("entered by %(name)s from paper", {"name": one.by})]
        if one.signed_on:
            told.append(Reason(", signed on %(day)s", {"day": speech.day(one.signed_on)}))
    else:
        heard = {"name": one.by, "when": speech.instant(one.said_at or ""), "who": one.heard_by}
        told = [
            Reason("entered by %(name)s as it was said on %(when)s, heard by %(who)s", heard),
            *_made_good(one, speech),
        ]
    return f"（{''.join(map(speech.say, told))}）"


def _made_good(one: Said, speech: Speech) -> list[Reason]:
    if one.made_good_at:
        return [Reason(", made good on %(when)s", {"when": speech.instant(one.made_good_at)})]
    return [Reason(", to be made good"), *([Reason(", disputed")] if one.disputed else [])]
