"""Take a document up at the stage where its file is made for the printer, to change how it looks."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from states.errors import NotAllowed

from .. import answers, moves
from ..answers import Once
from ..clock import stamp
from ..installation import write_tx
from ..work import Work, load_person, open_work
from .stages import refusals


@contextmanager
def taken_up(
    actor_id: int, public_id: str, version: int, request: Mapping[str, Any], once: Once | None
) -> Iterator[Work | None]:
    """Open a document for an act that changes its looks, and save it if something was set.

    None stands for a request that was answered before. Raises NotFound, Stale, NotAllowed.
    """
    request = {**request, "document": public_id}
    with write_tx() as session:
        if once is not None and answers.claim(session, actor_id, once, request) is not None:
            yield None
            return
        work = open_work(session, load_person(session, actor_id), public_id, version, stamp())
        case = work.case()
        if refusal := refusals(work.procedure, case):
            raise NotAllowed(refusal)
        moves.acting_for(work, case, work.procedure.held_for(case)[actor_id])
        yield work
        if work.changed:
            work.save()
        if once is not None:
            answers.keep(session, actor_id, once, public_id)


def changed(work: Work, action: str, details: Mapping[str, Any], **values: Any) -> None:
    """Record that the document looks otherwise: a file made before is no longer the one to print."""
    work.set(frozen_sha256=None, printed_on=None, **values)
    work.details = dict(details)
    moves.stay(work, work.case(), action, "")
