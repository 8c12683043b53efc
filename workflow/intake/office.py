"""Take the office's workbook in: check it, let it be looked at, then change the office by it in one act."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from .. import logins, passwords
from ..directory import Person
from ..installation import read_tx, write_tx
from ..models import Import
from ..office.log import note
from ..spreadsheets import Table, read_workbook, write_workbook
from . import imports
from .apply import apply
from .plan import Plan, plan_sheets

KIND = "office"
WORKBOOK = "workbook.xlsx"


@dataclass(frozen=True)
class Newcomer:
    """Somebody who was given an account, with the password to begin with: it is kept nowhere."""

    username: str
    name: str
    password: str


@dataclass(frozen=True)
class Outcome:
    """What became of an import: its plan, and those who were given an account by it."""

    plan: Plan
    newcomers: tuple[Newcomer, ...] = ()


def submit(person: Person, name: str, content: bytes) -> str:
    """Keep a workbook that was sent and check it; return the import's public id.

    Nothing of the office is changed by it yet; it takes the place of one that was not confirmed. Raises
    NotAllowed, or NotReady when it is no workbook.
    """
    imports.demand(person, KIND)
    sheets = read_workbook(content)
    with write_tx() as session:
        planned = plan_sheets(session, sheets)
        replaced = imports.drop(session, KIND)
        public_id = imports.enter(session, KIND, name, person.id, _state_of(planned))
        report = planned.report()
        if planned.changes:
            report["sha256"] = imports.keep(public_id, WORKBOOK, content)
        imports.settle(session, public_id, _state_of(planned), report)
    for each in replaced:
        imports.clear(each)
    return public_id


def confirm(person: Person, public_id: str, seen: str) -> Outcome | None:
    """Change the office as the person saw that a workbook would; None when that was done before.

    seen: the digest of the plan that they saw. Raises NotReady when it would do something else by now;
    the import then says what.
    """
    with read_tx() as session:
        found = imports.find(session, person, KIND, public_id, lock=False)
        if found.state == "done":
            return None
        refuse_unless_ready(found)
        name, sheets = found.name, read_workbook(imports.kept(public_id, WORKBOOK, found.report["sha256"]))
        made = _passwords(plan_sheets(session, sheets))
    with write_tx() as session:
        found = imports.find(session, person, KIND, public_id)
        if found.state == "done":
            return None
        refuse_unless_ready(found)
        planned = plan_sheets(session, sheets)
        as_seen = planned.digest == seen and set(planned.newcomers) == set(made)
        if as_seen:
            outcome = _take_in(session, person.id, public_id, name, planned, made)
        else:
            report = planned.report() | {"sha256": found.report["sha256"]}
            imports.settle(session, public_id, _state_of(planned), report)
    if not as_seen:
        raise NotReady([Reason("The office has changed since the workbook was checked; look at it again")])
    imports.clear(public_id)
    return outcome


def refuse_unless_ready(found: Import) -> None:
    """Raise NotReady unless an import waits for being confirmed."""
    if found.state != "ready":
        raise NotReady([Reason("This import does not wait for being confirmed")])


def run(name: str, content: bytes, then: Callable[[Session, Outcome], None] | None = None) -> Outcome:
    """Change the office by a workbook, as a command does; with findings nothing is changed.

    then: is called in the same transaction when there are none; what it raises undoes everything. Raises
    NotReady when the file is no workbook.
    """
    sheets = read_workbook(content)
    with read_tx() as session:
        planned = plan_sheets(session, sheets)
    made = _passwords(planned)
    with write_tx() as session:
        planned = plan_sheets(session, sheets)
        outcome = Outcome(planned)
        if planned.changes:
            public_id = imports.enter(session, KIND, name, None, "running")
            outcome = _take_in(session, None, public_id, name, planned, made)
        if then and not planned.findings:
            then(session, outcome)
    return outcome


def _state_of(planned: Plan) -> str:
    if planned.findings:
        return "refused"
    return "ready" if planned.changes else "done"


def _passwords(planned: Plan) -> dict[str, tuple[str, str]]:
    """Return a password and its hash for each newcomer."""
    made = {username: passwords.one_time() for username in planned.newcomers}
    return {username: (password, logins.hash_made(password)) for username, password in made.items()}


def _take_in(
    session: Session,
    by_id: int | None,
    public_id: str,
    name: str,
    planned: Plan,
    made: Mapping[str, tuple[str, str]],
) -> Outcome:
    hashes = {username: hashed for username, (_, hashed) in made.items()}
    apply(session, by_id, planned, hashes)
    imports.settle(session, public_id, "done", planned.report())
    rows = [[row["sheet"], row["subject"], "added" if row["added"] else "changed"] for row in planned.rows()]
    note(session, by_id, "office_imported", name, {"import": public_id, "rows": rows})
    names = {
        change.key[0]: str(change.after["姓名"]) for change in planned.changes if change.noun == "person"
    }
    newcomers = [Newcomer(username, names[username], made[username][0]) for username in planned.newcomers]
    return Outcome(planned, tuple(newcomers))


def passwords_workbook(newcomers: Iterable[Newcomer]) -> bytes:
    """Return a workbook with the passwords to begin with, to be handed out and then destroyed."""
    rows = [(one.username, one.name, one.password) for one in newcomers]
    return write_workbook([Table("初始口令", ("用户名", "姓名", "初始口令"), rows, (20, 16, 26))])
