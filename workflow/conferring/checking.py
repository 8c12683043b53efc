"""Say how the annex of a document differs from the list that is approved now (名单核对)."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.sheet import Content
from states.reasons import Reason

from ..models import Conferral
from ..rechecking import annexing as rechecking
from . import listing

MOST_NAMED = 10
RECHECK = "change"


def problems(session: Session, document: Mapping[str, Any], content: Content) -> tuple[Reason, ...]:
    """Return every difference; none once it is issued."""
    if document["issued_at"] is not None:
        return ()
    conferral = session.scalars(select(Conferral).where(Conferral.document_id == document["id"])).first()
    if conferral is None:
        return ()
    if conferral.act == RECHECK:
        return rechecking.differences(session, conferral, content)
    return differences(session, conferral, content)


def differences(session: Session, conferral: Conferral, content: Content) -> tuple[Reason, ...]:
    """Return how the annex of a content differs from the list of a conferral as it is approved now."""
    found = listing.approved(session, conferral.campaign_id)
    if not found:
        return (Reason("No application waits for its conferral any more"),)
    if any(part.body == listing.annex(found) for part in content.attachments):
        return ()
    return tuple(_differences(listing.written(found), listing.lists_in(content)))


def _differences(wanted: list[listing.Named], there: list[listing.Named]) -> Iterator[Reason]:
    missing = [one for one in wanted if one not in set(there)]
    beyond = [one for one in there if one not in set(wanted)]
    if missing:
        yield Reason("The annex lacks of the approved list: %(names)s", {"names": names(missing)})
    if beyond:
        yield Reason("The annex has what is not on the approved list: %(names)s", {"names": names(beyond)})
    if not (missing or beyond):
        yield Reason("The annex is not the approved list word for word: put the present list in")


def names(some: Collection[listing.Named]) -> str:
    """Return units with their categories, the first of many."""
    said = "、".join(f"{unit}（{category}）" for category, unit in list(some)[:MOST_NAMED])
    return said if len(some) <= MOST_NAMED else f"{said}…（{len(some)}）"
