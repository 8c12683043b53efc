"""Enter past documents batch by batch, so that what was cut off goes on where it stood."""

import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.reader import Reader
from states.errors import NotReady
from states.reasons import Reason

from ... import archive
from ...clock import stamp
from ...directory import Person, find_person
from ...errors import Damaged, NotFound
from ...installation import read_tx, write_tx
from ...models import Appointment, Document, Import, PastRecord, Post, RegisterEntry, Series, Unit, User
from ...numbering import raise_to
from ...office.log import note
from ...register.holes import go_on_after
from .. import imports
from . import plan
from .entering import FREE, Bringing, Ready, enter
from .rows import run_of_code
from .source import Planned, Taken, Tell, say_nothing

BATCH = 50  # documents a transaction
BATCH_BYTES = 100 * 1024 * 1024  # of their files, at most, unless one alone has more


def start(session: Session, found: Import, documents: Sequence[Planned]) -> None:
    """Let an import that was checked begin, in the caller's transaction; from then on it is to be finished.

    Its numbers are taken out of the counters at once and stand in the register as missing until their
    document is in, so that nothing else can take one. Raises NotReady.
    """
    running = select(Import.name).where(Import.kind == "past", Import.state == "running")
    if other := session.scalars(running.limit(1)).first():
        raise NotReady([Reason("%(name)s is being taken in just now: wait for its end", {"name": other})])
    if _has_changed(session, documents):
        raise NotReady([Reason("The office has changed since the check: have it checked once more")])
    bringing = bringing_of(session, found)
    highest: dict[tuple[int, int], int] = defaultdict(int)
    items: dict[str, int] = defaultdict(int)
    for planned in documents:
        run = planned.series_id, planned.year
        highest[run] = max(highest[run], planned.serial)
        if coded := run_of_code(planned.archival_code or ""):
            items[coded[0]] = max(items[coded[0]], coded[1])
    for (series_id, year), serial in sorted(highest.items()):
        go_on_after(session, session.get_one(Series, series_id), year, serial, bringing.person.id)
    for code, item in sorted(items.items()):
        raise_to(session, f"archive {code}", item)
    found.state, found.done, found.total = "running", 0, len(documents)
    session.flush()


def _has_changed(session: Session, documents: Sequence[Planned]) -> bool:
    """Say whether numbers or archival codes were taken since the check."""
    rows = session.execute(
        select(RegisterEntry.series_id, RegisterEntry.year, RegisterEntry.serial).where(
            RegisterEntry.series_id.in_({planned.series_id for planned in documents}),
            RegisterEntry.state.not_in(FREE) | RegisterEntry.classified,
        )
    )
    taken = {tuple(row) for row in rows}
    codes = set(session.scalars(select(Document.archival_code).where(Document.archival_code.is_not(None))))
    return any(
        planned.archival_code in codes
        or (not planned.duplicate and (planned.series_id, planned.year, planned.serial) in taken)
        for planned in documents
    )


def bringing_of(session: Session, found: Import) -> Bringing:
    """Say who brings the documents in; for a command that is whoever administers the office."""
    person = find_person(session, found.by_id) if found.by_id else _commander(session)
    unit = person.home.unit_id if person and person.home else None
    if unit is None:
        first = select(Unit.id).where(Unit.internal).order_by(Unit.position, Unit.id)
        unit = session.scalars(first).first()
    if person is None or unit is None:
        raise NotReady([Reason("The office has no people or no units yet: enter them first")])
    post = next((code for code in imports.MAY["past"] if person.holds(code)), None)
    agencies = {row.id: row.agency_id for row in session.execute(select(Series.id, Series.agency_id))}
    return Bringing(person, person.title(post), found.id, found.name, unit, agencies)


def _commander(session: Session) -> Person | None:
    for code in imports.MAY["past"]:
        holder = session.scalars(
            select(User.id)
            .join(Appointment, Appointment.user_id == User.id)
            .join(Post, Post.id == Appointment.post_id)
            .where(Post.code == code, User.active)
            .order_by(Appointment.id)
        ).first()
        if holder is not None:
            return find_person(session, holder)
    return None


def go_on(public_id: str, tell: Tell = say_nothing, *, seconds: float = float("inf")) -> bool:
    """Enter what is not in yet; return whether that is all, or stop after so many seconds.

    Raises NotFound when no such import runs, Damaged when its plan or a file is not what was checked.
    """
    with read_tx() as session:
        found = _running(session, public_id)
        documents = plan.load(public_id, found.report["plan"])
    until = time.monotonic() + seconds
    with Reader() as reader:
        while True:
            with read_tx() as session:
                entered = _entered(session, found.id)
            tell(len(entered), len(documents))
            waiting = [planned for planned in documents if planned.row not in entered]
            if not waiting:
                break
            _enter(public_id, list(_batch(reader, public_id, waiting)))
            if time.monotonic() > until:
                return False
    _finish(public_id, documents)
    return True


def _running(session: Session, public_id: str) -> Import:
    statement = select(Import).where(Import.public_id == public_id, Import.kind == "past")
    found = session.scalars(statement.with_for_update()).first()
    if found is None or found.state != "running":
        raise NotFound
    return found


def _entered(session: Session, import_id: int) -> set[int]:
    return set(session.scalars(select(PastRecord.row).where(PastRecord.import_id == import_id)))


def _batch(reader: Reader, public_id: str, waiting: Sequence[Planned]) -> Iterator[Ready]:
    """Yield the next documents with their files, which lie in the archive by then."""
    size = 0
    for planned in waiting[:BATCH]:
        files = [_data(public_id, taken) for taken in planned.files]
        size += sum(map(len, files))
        if size > BATCH_BYTES and planned is not waiting[0]:
            return
        for data in files:
            archive.lay_down(data)
        texts = (reader.read(plan.path_of(public_id, taken.name), taken.name).text for taken in planned.files)
        yield Ready(planned, files, next(filter(None, texts), ""))


def _data(public_id: str, taken: Taken) -> bytes:
    try:
        data = plan.path_of(public_id, taken.name).read_bytes()
    except OSError as error:
        raise Damaged(f"{taken.name} of import {public_id} cannot be read") from error
    if hashlib.sha256(data).hexdigest() != taken.sha256:
        raise Damaged(f"{taken.name} of import {public_id} is not what was checked")
    return data


def _enter(public_id: str, batch: Sequence[Ready]) -> None:
    """Enter a batch in one transaction; whoever comes second with it finds it entered."""
    with write_tx() as session:
        found = _running(session, public_id)
        entered = _entered(session, found.id)
        bringing, at = bringing_of(session, found), stamp()
        fresh = [ready for ready in batch if ready.planned.row not in entered]
        for ready in fresh:
            enter(session, bringing, ready, at)
        found.done = len(entered) + len(fresh)
        session.flush()


def _finish(public_id: str, documents: Sequence[Planned]) -> None:
    """Write down that all is in, and let go of the files that waited."""
    with write_tx() as session:
        found = _running(session, public_id)
        found.state, found.done = "done", len(documents)
        found.report = {**found.report, **_counts(documents)}
        details = {name: found.report[name] for name in ("documents", "with_file", "archived")}
        note(session, found.by_id, "past_documents_imported", found.name, details)
        session.flush()
    imports.clear(public_id)


def _counts(documents: Sequence[Planned]) -> dict[str, Any]:
    kinds = Counter(planned.files[0].kind for planned in documents if planned.files)
    return {
        "documents": len(documents),
        "with_file": kinds.total(),
        "kinds": dict(kinds),
        "archived": sum(planned.archival_code is not None for planned in documents),
        "finished_at": stamp(),
    }
