"""Let text change after sign-off only as what it is declared to be."""

from sqlalchemy import func, select

from docgen.sheet import Content, parse_canonical
from states.errors import NotReady
from states.reasons import Reason

from . import changes, moves, notices
from .models import AgencyName, Correspondent, Revision, Unit, User
from .work import Work


def check(work: Work, content: Content, change: str | None, reason: str) -> None:
    """Refuse a change that is not what it is declared to be; raises NotReady with every reason."""
    if change not in changes.KINDS:
        raise NotReady([Reason("After sign-off each change says whether it is layout, wording or substance")])
    before = work.content()
    if change == "layout" and not changes.same_characters(before, content):
        raise NotReady([Reason("The text itself differs: this is more than a change of layout")])
    if change == "layout" and _is_stated_correction(work):
        raise NotReady([Reason("The correction stated at sign-off is entered first, as wording")])
    if change == "substance" and not reason.strip():
        raise NotReady([Reason("A change of substance needs a reason")])
    if change == "wording" and not _is_stated_correction(work):
        forced = changes.substance(signed_content(work), content, _names(work))
        if forced:
            raise NotReady([Reason("This is a change of substance and goes back to the signatory"), *forced])


def settle(work: Work, change: str, reason: str) -> None:
    """Record a change that was let through; one of substance takes the document back to the signatory."""
    case = work.case()
    work.details["change"] = change
    if change != "substance":
        work.set(vouched_sha256=work.document["content_sha256"], frozen_sha256=None, printed_on=None)
        moves.stay(work, case, "revise", reason)
        if change == "wording":
            notices.tell(
                work.session,
                work.document["signatory_id"],
                work.id,
                work.at,
                "A correction was made after you signed: %(reason)s",
                {"reason": reason},
            )
        return
    moves.back_to_signing(work, case, reason)


def signed_content(work: Work) -> Content:
    """Return what the signatory signed, with the correction stated at sign-off once that is entered."""
    of_this = Revision.document_id == work.id
    is_signed = Revision.content_sha256 == work.document["signed_sha256"]
    signed = select(func.max(Revision.n)).where(of_this, is_signed).scalar_subquery()
    rows = select(Revision.content).where(of_this, Revision.n >= signed).order_by(Revision.n).limit(2)
    texts = work.session.scalars(rows).all()
    corrected = bool(work.document["correction"]) and len(texts) > 1
    return parse_canonical(texts[1 if corrected else 0])


def _is_stated_correction(work: Work) -> bool:
    """Say whether the one correction that the signatory stated is still to be entered."""
    document = work.document
    return bool(document["correction"]) and document["signed_sha256"] == document["content_sha256"]


def _names(work: Work) -> list[str]:
    columns = (User.name, Unit.name, AgencyName.full, AgencyName.short, Correspondent.name)
    names: set[str] = set()
    for column in columns:
        names.update(work.session.scalars(select(column)))
    return sorted(name for name in names if len(name) > 1)
