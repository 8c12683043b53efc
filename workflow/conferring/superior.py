"""Register the document by which a higher body confers what was recommended (来文登记)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from .. import jobs, uploads
from ..campaigns.clerk import clerk
from ..campaigns.finding import find
from ..clock import stamp, today
from ..installation import read_tx, write_tx
from ..models import Conferral
from ..office.fields import Fields
from ..office.log import note
from ..titles.giving import Ground, give
from . import finding
from .issuing import CONFERRED

LONGEST_NUMBER, LONGEST_TITLE, LONGEST_REASON = 100, 200, 500
NOTHING_AWAITED = Reason("No recommendation waits for the document of the higher body")


def register(
    actor_id: int, campaign_id: str, given: Mapping[str, Any], scan: tuple[str, bytes] | None = None
) -> int:
    """Enter the `number`, `title` and date (`dated`) of the higher body's document; return how many it names.

    `refused` are the public ids of the applications that it does not name, by default none, and `reasons`
    why by these ids. Raises NotAllowed, NotFound, NotReady, ContentError.
    """
    with read_tx() as session:
        clerk(session, actor_id)
    kept = uploads.keep(actor_id, *scan) if scan else None
    with write_tx() as session:
        person = clerk(session, actor_id)
        campaign = find(session, campaign_id, lock=True)
        row = _awaited(session, campaign.id)
        fields = Fields(given)
        number, title = fields.line("number", LONGEST_NUMBER), fields.line("title", LONGEST_TITLE)
        dated = fields.day("dated") or today()
        if dated > today():
            fields.refuse("dated", "This day is still to come.")
        listed = _read_list(fields, row.listed)
        fields.check()
        granted = [entry for entry in listed if entry.get("granted", True)]
        count = give(session, row, granted, Ground(number, dated), person)
        row.listed, row.in_force_at, row.in_force_by = listed, stamp(), actor_id
        row.superior_number, row.superior_title, row.superior_dated = number, title, dated
        row.superior_sha256 = kept.sha256 if kept else None
        details = {"campaign": campaign_id, "number": number, "granted": str(count)}
        note(session, actor_id, "superior_registered", campaign.title, details)
        jobs.ask(session, CONFERRED, str(row.id), {})
        return count


def _awaited(session: Session, campaign_id: int) -> Conferral:
    found = next((one for one in finding.conferrals(session, campaign_id) if one.awaits_superior), None)
    if found is None:
        raise NotReady([NOTHING_AWAITED])
    return found.row


def _read_list(fields: Fields, listed: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the list with what became of each entry; each that was refused has a reason."""
    refused, reasons = set(fields.given.get("refused") or ()), fields.given.get("reasons") or {}
    found = []
    for entry in listed:
        if entry["application"] not in refused:
            found.append(dict(entry))
            continue
        line = Fields({"reason": reasons.get(entry["application"], "")})
        reason = line.text("reason", LONGEST_REASON, required=False)
        fields.problems += line.problems
        if not reason:
            fields.refuse("reasons", "Say why %(unit)s is not among those named.", unit=entry["unit"])
        found.append({**entry, "granted": False, "reason": reason})
    if not any(entry.get("granted", True) for entry in found):
        fields.refuse("refused", "The document names nobody: then it confers nothing.")
    return found
