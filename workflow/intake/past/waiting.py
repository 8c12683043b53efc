"""Collect a register and its files in the browser, have them checked, and let what was checked go in."""

import json
import os
import time
from collections.abc import Iterable, Mapping
from functools import partial

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from docgen.extract import MOST_BYTES
from docgen.text import salvage
from states.errors import NotReady
from states.reasons import Reason

from ... import jobs
from ...directory import Person
from ...installation import here, read_tx, write_tx
from ...models import Import, table
from ...office.log import note
from ...spreadsheets import read_workbook
from .. import imports
from . import plan, running
from .checking import check
from .source import Source, is_litter

KIND = "past"
MOST_FILES = 5000
MOST_TOTAL = 2 * 1024**3  # bytes of all files together
LONGEST_NAME = 200
SECONDS_A_PART = 1  # after which other jobs have their turn, and what was done counts when the worker dies
UNKNOWN_KEPT_SECONDS = 24 * 3600
TOLD_EVERY = 25  # files
CHECK, ENTER = "past_check", "past_enter"  # jobs; their key is the import's public id

_imports = table(Import)
_LISTING = "listing.jsonl"
_OPEN = ("collecting", "refused", "ready")


def open_import(person: Person, name: str, register: bytes) -> str:
    """Open an import with its register; raises NotAllowed, NotReady where that is no workbook."""
    imports.demand(person, KIND)
    read_workbook(register)
    public_id = imports.new_id()
    report = {"register": imports.keep(public_id, plan.REGISTER, register)}
    with write_tx() as session:
        imports.enter(session, KIND, name, person.id, "collecting", public_id=public_id)
        imports.settle(session, public_id, "collecting", report)
    return public_id


def replace_register(person: Person, public_id: str, name: str, register: bytes) -> None:
    """Put a mended register in the place of the one that was sent; the files stay."""
    read_workbook(register)
    with write_tx() as session:
        found = _open(session, person, public_id)
        sha256 = imports.keep(public_id, plan.REGISTER, register)
        found.state, found.name = "collecting", name[:LONGEST_NAME]
        found.report = {"register": sha256}
        session.flush()


def add_file(person: Person, public_id: str, name: str, data: bytes) -> None:
    """Take a file; one of the same name takes the earlier one's place. Raises NotReady, NotFound."""
    add_files(person, public_id, [(name, data)])


def add_files(person: Person, public_id: str, given: Iterable[tuple[str, bytes]]) -> int:
    """Take files by their names, and leave out what computers leave in folders; return how many were taken.

    Raises NotReady with the first that cannot be taken; those before it are there.
    """
    with read_tx() as session:
        state = _open(session, person, public_id).state
    known, taken = files(public_id), 0
    for raw, data in given:
        name = clean_name(raw)
        if not name or is_litter(name):
            continue
        _refuse_too_much(name, len(data), known)
        _lay_down(public_id, name, data)
        known[name] = len(data)
        taken += 1
    if taken and state != "collecting":
        with write_tx() as session:
            found = _open(session, person, public_id)
            found.state, found.report = "collecting", {"register": found.report["register"]}
            session.flush()
    return taken


def clean_name(raw: str) -> str:
    """Return a file's name with the folders it lay in; a path that leads elsewhere loses what leads there."""
    parts = (salvage(part, 2 * LONGEST_NAME) for part in raw.replace("\\", "/").split("/"))
    return "/".join(part for part in parts if part not in ("", ".", ".."))[-LONGEST_NAME:].lstrip("/")


def _refuse_too_much(name: str, size: int, known: dict[str, int]) -> None:
    if size > MOST_BYTES:
        most = {"name": name, "most": str(MOST_BYTES // 1024**2)}
        raise NotReady([Reason("%(name)s has more than %(most)s MB.", most)])
    if name not in known and len(known) >= MOST_FILES:
        raise NotReady(
            [Reason("More than %(most)s files at a time are not taken", {"most": str(MOST_FILES)})]
        )
    if sum(known.values()) - known.get(name, 0) + size > MOST_TOTAL:
        most = {"most": str(MOST_TOTAL // 1024**3)}
        raise NotReady([Reason("Files of more than %(most)s GB together are not taken", most)])


def _lay_down(public_id: str, name: str, data: bytes) -> None:
    """Write the file, and only then the line that names it."""
    path = plan.path_of(public_id, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_suffix(f".{os.getpid()}")
    made.write_bytes(data)
    made.replace(path)
    line = json.dumps({"name": name, "size": len(data)}) + "\n"
    with (imports.folder(public_id) / _LISTING).open("a", encoding="utf-8") as listing:
        listing.write(line)


def files(public_id: str) -> dict[str, int]:
    """Return the names of the files that wait, with their sizes."""
    try:
        lines = (imports.folder(public_id) / _LISTING).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return {line["name"]: line["size"] for line in map(json.loads, lines)}


def remove_files(person: Person, public_id: str) -> None:
    """Throw the files away and keep the register."""
    with write_tx() as session:
        found = _open(session, person, public_id)
        found.state, found.report = "collecting", {"register": found.report["register"]}
        session.flush()
    for name in files(public_id):
        plan.path_of(public_id, name).unlink(missing_ok=True)
    (imports.folder(public_id) / _LISTING).unlink(missing_ok=True)


def ask_check(person: Person, public_id: str) -> None:
    """Have what was collected checked, after the commit."""
    with write_tx() as session:
        found = _open(session, person, public_id, "checking")
        found.state, found.done, found.total = "checking", 0, len(files(public_id))
        jobs.ask(session, CHECK, public_id, {}, again=True)
        session.flush()


def confirm(person: Person, public_id: str, seen: str) -> None:
    """Let what was checked go in; `seen` is the plan that the person saw.

    Raises NotReady where that is not what would be entered now.
    """
    plan.reach_the_disk()
    with write_tx() as session:
        found = imports.find(session, person, KIND, public_id)
        if found.state == "running" and found.report["plan"] == seen:
            return
        if found.state != "ready" or found.report["plan"] != seen:
            raise NotReady([Reason("The office has changed since the check: have it checked once more")])
        running.start(session, found, plan.load(public_id, seen))
        jobs.ask(session, ENTER, public_id, {})


def ask_again(person: Person, public_id: str) -> None:
    """Have the job of an import tried anew that came to nothing."""
    with write_tx() as session:
        found = imports.find(session, person, KIND, public_id)
        if kind := {"checking": CHECK, "running": ENTER}.get(found.state):
            jobs.ask(session, kind, public_id, {})


def break_off(person: Person, public_id: str) -> None:
    """End an import that cannot go on, its files having been lost; what is in stays in.

    Its register can be brought in anew then: the rows that are in are left out. Raises NotReady.
    """
    with write_tx() as session:
        found = imports.find(session, person, KIND, public_id)
        if found.state != "running" or not trouble(session, found):
            raise NotReady([Reason("Only an import that cannot go on is broken off")])
        found.state = "failed"
        details = {"done": found.done, "total": found.total}
        note(session, person.id, "past_documents_broken_off", found.name, details)
        session.flush()
    imports.clear(public_id)


def discard(person: Person, public_id: str) -> None:
    """Throw away an import that has not begun, with its files."""
    with write_tx() as session:
        found = _open(session, person, public_id, "checking", "failed")
        session.delete(found)
        session.flush()
    imports.clear(public_id)


def _open(session: Session, person: Person, public_id: str, *also: str) -> Import:
    """Return an import that may still be changed; raises NotFound, NotReady."""
    found = imports.find(session, person, KIND, public_id)
    if found.state not in (*_OPEN, *also):
        raise NotReady([Reason("This import is under way or done, and is not changed any more")])
    return found


def trouble(session: Session, found: Import) -> str:
    """Return why an import's job came to nothing, or ''."""
    kind = {"checking": CHECK, "running": ENTER}.get(found.state)
    state = jobs.state_of(session, kind, found.public_id) if kind else None
    return state[1] if state and state[0] == "failed" else ""


def check_collected(public_id: str, payload: Mapping[str, str]) -> None:
    """Job: check what was collected, and keep what would be entered."""
    with read_tx() as session:
        found = session.scalars(select(Import).where(Import.public_id == public_id)).first()
        if found is None or found.state != "checking":
            return
        sha256 = found.report["register"]
        name = found.name
    waiting = {each: plan.path_of(public_id, each) for each in files(public_id)}
    register = imports.kept(public_id, plan.REGISTER, sha256)
    checked = check(Source(name, register, waiting), partial(_tell, public_id))
    report = {**checked.report, "register": sha256}
    if not checked.errors:
        report["plan"] = plan.keep(public_id, checked.documents)
    with write_tx() as session:
        state = "refused" if checked.errors else "ready"
        session.execute(
            update(_imports)
            .where(_imports.c.public_id == public_id, _imports.c.state == "checking")
            .values(state=state, report=report)
        )


def _tell(public_id: str, done: int, total: int) -> None:
    if done % TOLD_EVERY and done != total:
        return
    with write_tx() as session:
        mine = _imports.c.public_id == public_id
        session.execute(update(_imports).where(mine).values(done=done, total=total))


def enter_planned(public_id: str, payload: Mapping[str, str]) -> str:
    """Job: enter a part of what is planned."""
    return "" if running.go_on(public_id, seconds=SECONDS_A_PART) else jobs.GO_ON


def forget() -> None:
    """Clear what is left in the folder of imports: of those that are done, or that nobody knows."""
    with read_tx() as session:
        open_ = set(session.scalars(select(Import.public_id).where(Import.state.not_in(("done", "failed")))))
    before = time.time() - UNKNOWN_KEPT_SECONDS
    for folder in (here().data / "imports").glob("*"):
        if folder.name not in open_ and folder.stat().st_mtime < before:
            imports.clear(folder.name)


HANDLERS: dict[str, jobs.Handler] = {CHECK: check_collected, ENTER: enter_planned}
