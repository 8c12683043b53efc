"""Tell drafter and signatory that their document went out; the signatory with what was corrected since."""

from sqlalchemy import func, select

from states.reasons import Reason

from . import notices
from .models import Revision
from .work import Work

TO_SIGNATORY = Reason("Your document went out as %(number)s; corrections since you signed: %(count)s").message


def tell(work: Work) -> None:
    """Tell them, but not whoever issues it."""
    document = work.document
    number = document["number"]
    if (signatory := document["signatory_id"]) != work.person.id:
        signed, corrections = _since_sign_off(work)
        params = {"number": number, "count": str(corrections)}
        if corrections:
            params |= {"from": str(signed), "to": str(document["revision"])}
        notices.tell(work.session, signatory, work.id, work.at, TO_SIGNATORY, params)
    if document["drafter_id"] not in (work.person.id, signatory):
        params = {"number": number}
        notices.tell(work.session, document["drafter_id"], work.id, work.at, "Issued as %(number)s", params)


def _since_sign_off(work: Work) -> tuple[int, int]:
    """Return the revision that was signed, and how many were declared after it up to the one issued."""
    document = work.document
    if document["content_sha256"] == document["signed_sha256"]:
        return document["revision"], 0
    signed = work.session.scalars(
        select(func.max(Revision.n)).where(
            Revision.document_id == work.id, Revision.content_sha256 == document["signed_sha256"]
        )
    ).one()
    return signed, document["revision"] - signed
