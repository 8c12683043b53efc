"""Let drafter and clerk say that they have read the clean proof (清样) of a file and found no fault."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotAllowed, NotReady
from states.procedure import Procedure
from states.reasons import Reason

from .. import notices
from ..clock import stamp
from ..describe import find
from ..directory import OFFICE_CLERK, Person
from ..errors import Stale
from ..installation import here, write_tx
from ..models import ProofTick, User
from ..work import Work, load_person
from .stages import printing_stage

PARTS = ("drafter", "clerk")
PROOF_IS_READY = Reason("The proof of %(number)s is ready: please read it").message


@dataclass(frozen=True)
class Tick:
    """Who has read the proof, in which part, and when."""

    part: str
    name: str
    at: str


def tick(actor_id: int, public_id: str, file_sha256: str, part: str) -> None:
    """Say that the proof of a file is without fault; saying it twice is saying it once.

    A tick is no movement and leaves the version as it is, so nobody's open page grows stale by it; who
    had ticked stands in the movement that ends the printing. Raises NotFound, NotAllowed, NotReady, and
    Stale where another file is to be printed meanwhile.
    """
    with write_tx() as session:
        person = load_person(session, actor_id)
        document = find(session, person, public_id)
        if part not in parts_of(person, document):
            raise NotAllowed([Reason("The drafter and the office clerk read the proof")])
        if document["frozen_sha256"] != file_sha256:
            raise Stale(document["version"])
        if not is_read_now(here().versions[document["procedure_hash"]], document):
            raise NotReady([Reason("The proof is read while the document is printed")])
        known = select(ProofTick.id).where(
            ProofTick.document_id == document["id"],
            ProofTick.file_sha256 == file_sha256,
            ProofTick.part == part,
        )
        if session.execute(known).first() is None:
            session.add(
                ProofTick(
                    document_id=document["id"],
                    file_sha256=file_sha256,
                    part=part,
                    user_id=person.id,
                    at=stamp(),
                )
            )


def is_read_now(procedure: Procedure, document: Mapping[str, Any]) -> bool:
    """Say whether there is a proof, and it is the time to read it."""
    return document["frozen_sha256"] is not None and document["state"] == printing_stage(procedure)


def parts_of(person: Person, document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return in which parts a person reads the proof of a document."""
    drafts = person.id == document["drafter_id"]
    return tuple(part for part, mine in zip(PARTS, (drafts, person.holds(OFFICE_CLERK)), strict=True) if mine)


def tell_readers(work: Work) -> None:
    """Tell drafter and clerks that there is a new proof, instead of what they were told of an older one."""
    notices.withdraw(work.session, work.id, PROOF_IS_READY)
    for person in {work.document["drafter_id"], *work.directory.holders(OFFICE_CLERK)} - {work.person.id}:
        number = {"number": work.document["number"]}
        notices.tell(work.session, person, work.id, work.at, PROOF_IS_READY, number)


def ticks(session: Session, document: Mapping[str, Any]) -> list[Tick]:
    """Return who has read the proof of the file that is to be printed, in the order of the parts."""
    rows = session.execute(
        select(ProofTick.part, User.name, ProofTick.at)
        .join(User, User.id == ProofTick.user_id)
        .where(ProofTick.document_id == document["id"], ProofTick.file_sha256 == document["frozen_sha256"])
    )
    return sorted((Tick(*row) for row in rows), key=lambda one: PARTS.index(one.part))
