"""Bring about what a step does besides moving a document. Procedures name these."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from states.reasons import Reason

from . import archive, countersigning, endings, issued, jobs, notices, numbering, search
from .applications.effects import EFFECTS as OF_APPLICATIONS
from .attached_text import READ_ATTACHED
from .clock import today
from .co_signing import keep_co_signature
from .conferring import issuing
from .countersigning import add_signer, remove_signer, transfer
from .deferring import defer, resume
from .models import Agency, DocumentFile, table
from .points.keeping import keep_points
from .printing.proofs import PROOF_IS_READY, tell_readers, ticks
from .printing.same_text import counts
from .questions import answer_question, ask_drafter
from .register import taking
from .register.taking import take_number
from .titles import following
from .work import Work

Inputs = Mapping[str, Any]


def choose_countersigners(work: Work, inputs: Inputs) -> None:
    """Keep whom the drafter chose; a document that is submitted is under way."""
    countersigning.choose(work, inputs)
    if work.document["submitted_at"] is None:
        work.set(submitted_at=work.at)


def sign_off(work: Work, inputs: Inputs) -> None:
    """Bind the signatory to the text as it stands; 成文日期 is the day of that (条例 art. 9(11))."""
    text = work.document["content_sha256"]
    work.set(
        signatory_id=work.person.id,
        signed_sha256=text,
        vouched_sha256=text,
        dated=work.acted_on or today(),
        correction="",
        asked_signers=[],
    )


def state_correction(work: Work, inputs: Inputs) -> None:
    """Keep the small correction under which the signatory signed (修改后发)."""
    work.set(correction=inputs["correction"])


def ask_signer(work: Work, inputs: Inputs) -> None:
    """Let one more leader sign at the same stage."""
    work.set(asked_signers=[inputs["signer"]])


def refuse(work: Work, inputs: Inputs) -> None:
    """Tell the drafter that it is not issued, and why (不发)."""
    told = Reason(
        "%(name)s decided not to issue it: %(reason)s",
        {"name": work.person.name, "reason": inputs["comment"]},
    )
    drafter = work.document["drafter_id"]
    notices.tell(work.session, drafter, work.id, work.at, told.message, told.params)


def freeze_file(work: Work, inputs: Inputs) -> None:
    """Make the DOCX that is printed and issued; 印发日期 is the day of 送印 (条例 art. 9(17)).

    A print copy that still says the same is that file; whoever is to read the proof is told.
    """
    work.set(printed_on=today())
    paper = work.paper()
    if counts(work.document, paper):
        sha256 = work.document["print_copy_sha256"]
        work.details["print_copy"] = sha256
    else:
        sha256 = archive.put(work.session, paper.docx())
    work.set(frozen_sha256=sha256)
    known = work.session.execute(
        select(DocumentFile.id).where(DocumentFile.document_id == work.id, DocumentFile.sha256 == sha256)
    ).first()
    if known is None:
        work.session.connection().execute(
            table(DocumentFile)
            .insert()
            .values(
                document_id=work.id,
                format="docx",
                sha256=sha256,
                made_from=sha256,
                at=work.at,
            )
        )
    work.details["file"] = sha256
    jobs.ask(work.session, "pdf", sha256, {"document": work.document["public_id"]})
    tell_readers(work)


def keep_proof_ticks(work: Work, inputs: Inputs) -> None:
    """Keep with the movement who had read the proof without finding a fault; nobody need read it any more."""
    if read := {tick.part: tick.name for tick in ticks(work.session, work.document)}:
        work.details["proof_read_by"] = read
    notices.withdraw(work.session, work.id, PROOF_IS_READY)


def publish(work: Work, inputs: Inputs) -> None:
    """Release the frozen file: from now on the office finds the document."""
    work.set(issued_at=work.at)
    content = work.content()
    search.index(work.session, work.id, work.document["number"], content)
    if any(part.file for part in content.attachments):
        jobs.ask(work.session, READ_ATTACHED, work.document["public_id"], {})
    issued.tell(work)
    endings.bring_about(work, content)
    if content.ends:
        following.follow(work, content)
    if work.document["confers"]:
        issuing.bring_into_force(work, content)


def void_number(work: Work, inputs: Inputs) -> None:
    """Spend the document's number for good, with the reason; another may confer what it was to."""
    taking.void_number(work, inputs)
    if work.document["confers"]:
        issuing.drop(work)


def file_away(work: Work, inputs: Inputs) -> None:
    """Give the document its 档号: 全宗号-门类·年度-保管期限-机构-件号 (DA/T 22-2015, DA/T 13-2022).

    Its 发文稿纸 of that day is kept with it.
    """
    agency = work.session.get_one(Agency, work.document["agency_id"])
    year, retention = work.document["dated"].year, inputs["retention"]
    run = f"{agency.fonds}-WS·{year}-{retention}-{agency.section}"
    item = numbering.take(work.session, f"archive {run}")
    work.set(retention=retention, archival_code=f"{run}-{item:04d}")
    jobs.ask(work.session, "slip", work.document["public_id"], {"by": work.person.username})


EFFECTS: dict[str, Callable[[Work, Inputs], None]] = {
    effect.__name__: effect
    for effect in (
        choose_countersigners,
        sign_off,
        state_correction,
        ask_signer,
        defer,
        resume,
        refuse,
        ask_drafter,
        answer_question,
        add_signer,
        remove_signer,
        transfer,
        keep_points,
        keep_co_signature,
        take_number,
        void_number,
        freeze_file,
        keep_proof_ticks,
        publish,
        file_away,
    )
} | OF_APPLICATIONS
