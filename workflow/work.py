"""Hold one document open for one person within one write transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import takewhile
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from docgen.formats.table import TABLE, UPWARD, form_of, forms_of
from states.case import Case
from states.procedure import Procedure
from states.reasons import Reason

from . import movements, tasks
from .applications.facts import Facts
from .clock import today
from .conferring import checking
from .contents import APPLICATION, parse
from .directory import OfficeDirectory, Person, find_person
from .errors import NotFound, Stale
from .installation import here
from .laying import Paper, paper_of
from .models import Document, Revision, table
from .points.given import unanswered
from .prepared import Prepared
from .turns import turns_of
from .visibility import seen_by

_documents = table(Document)
_revisions = table(Revision)

_LOCK = Prepared(select(_documents).where(_documents.c.public_id == bindparam("document")).with_for_update())
_CONTENT = Prepared(
    select(_revisions.c.content).where(
        _revisions.c.document_id == bindparam("of"), _revisions.c.n == bindparam("revision")
    )
)


_FACTS = {APPLICATION: Facts}  # by kind: what only its rules ask about


@dataclass(frozen=True)
class Acting:
    """For whom, in which post of theirs and by which delegation somebody acts (受X委托)."""

    principal: Person
    post: str
    delegation: int


@dataclass
class Work:
    """A document's row as it stands and as it is about to be, and the one whose act it is."""

    session: Session
    person: Person
    document: dict[str, Any]
    at: str
    directory: OfficeDirectory
    tasks: Sequence[Any] = ()  # at its stage in its round
    details: dict[str, Any] = field(default_factory=dict)  # what the movement keeps besides its columns
    changed: set[str] = field(default_factory=set)
    former: dict[str, Any] = field(default_factory=dict)  # of what was set, as it stood before
    names: dict[int, str] = field(default_factory=dict)  # user names of the people who were entered
    acting: Acting | None = None  # for whom the person acts (委托)
    hand: Person | None = None  # who enters the act for the one whose act it is (代录)
    acted_on: date | None = None  # the day of an act that is entered later

    def set(self, **values: Any) -> None:
        for name in values:
            self.former.setdefault(name, self.document[name])
        self.document.update(values)
        self.changed.update(values)

    @property
    def id(self) -> int:
        return self.document["id"]

    @property
    def procedure(self) -> Procedure:
        return here().versions[self.document["procedure_hash"]]

    def content(self) -> Any:
        return load_content(self.session, self.id, self.document["revision"], self.document["kind"])

    def paper(self) -> Paper:
        """Return what the system would print of the document as it stands in this work."""
        return paper_of(self.session, self.document, self.content())

    def case(self) -> Case:
        """Return the document as its procedure's rules see it now."""
        return case_of(self.directory, self.document, self.person.id, self.tasks)

    @property
    def whose(self) -> int:
        """Return the id of the one for whom the act counts."""
        return self.acting.principal.id if self.acting else self.person.id

    def look_again(self) -> None:
        """Read who has consented at the stage that it has come to; elsewhere nobody was asked before."""
        state, round_ = self.document["state"], self.document["round"]
        everyone = self.procedure.stages[state].consent == "all"
        self.tasks = tasks.at_stage(self.session, self.id, state, round_) if everyone else ()

    def record(self, action: str, source: str, dest: str, *, comment: str = "", post: str = "") -> None:
        """Append a movement."""
        seq = self.document["movements"] + 1
        writer = self.hand or self.person
        entered = self.details.get("entered") or self.details.get("brought_in") or {}
        details, behalf = self.details, entered.get("for")
        if (acting := self.acting) is not None:
            behalf = acting.principal.username
            known = {"for": behalf, "name": acting.principal.name, "post": acting.post}
            details = {**details, "delegated": {**known, "delegation": acting.delegation}}
        record = {
            "document": self.document["public_id"],
            "seq": seq,
            "at": self.at,
            "actor": writer.username,
            "name": writer.name,
            "post": post,
            "on_behalf_of": behalf,
            "action": action,
            "from": source,
            "to": dest,
            "comment": comment,
            "content_sha256": self.document["content_sha256"],
            "details": details,
            "prev": self.document["last_hash"],
        }
        record_hash = movements.append(self.session, self.id, writer.id, record)
        self.set(movements=seq, last_hash=record_hash)

    def save(self) -> None:
        """Write what was set, and raise the version."""
        version = self.document["version"]
        self.set(version=version + 1, updated_at=self.at)
        self._write(version)

    def save_record(self) -> None:
        """Write what was set and leave the version: nothing changed on which others decide."""
        self._write(self.document["version"])

    def _write(self, version: int) -> None:
        values = {f"new_{name}": self.document[name] for name in self.changed}
        save = _saving(frozenset(self.changed))
        if save.run(self.session, {**values, "of": self.id, "seen": version}) != 1:
            raise Stale(version)


@lru_cache(maxsize=256)
def _saving(names: frozenset[str]) -> Prepared:
    """Return the statement that writes these columns; few sets of them occur, and each is compiled once."""
    return Prepared(
        update(_documents)
        .where(_documents.c.id == bindparam("of"), _documents.c.version == bindparam("seen"))
        .values({name: bindparam(f"new_{name}", type_=_documents.c[name].type) for name in sorted(names)})
    )


def open_work(
    session: Session,
    person: Person,
    public_id: str,
    version: int | None,
    at: str,
    *,
    every_kind: bool = False,
) -> Work:
    """Lock a document for a step; raises NotFound when it is not to be seen, Stale when it moved on.

    version: the one that the person saw; None for an act that does not depend on how the document stands.
    every_kind: applications too, which only the engine's own verbs can handle.
    """
    work = take_up(session, person, public_id, at)
    if work.document["kind"] == APPLICATION and not every_kind:
        raise NotFound
    has_it = person.in_office and any(task.user_id == person.id for task in work.tasks)
    if not has_it and not _sees(session, person, work.document):
        raise NotFound
    if version is not None and work.document["version"] != version:
        raise Stale(work.document["version"])
    return work


def take_up(session: Session, person: Person, public_id: str, at: str) -> Work:
    """Lock a document for an act of the office itself, whoever may see it; raises NotFound."""
    row = _LOCK.first(session, {"document": public_id})
    if row is None:
        raise NotFound
    here_now = tasks.at_stage(session, row.id, row.state, row.round)
    return Work(session, person, row._asdict(), at, OfficeDirectory(session), here_now)


def _sees(session: Session, person: Person, document: Mapping[str, Any]) -> bool:
    if document["drafter_id"] == person.id and person.in_office:
        return True
    seen = select(Document.id).where(Document.id == document["id"], seen_by(person))
    return session.execute(seen).first() is not None


def load_person(session: Session, user_id: int) -> Person:
    """Return the one who acts; raises NotFound when the account is closed."""
    person = find_person(session, user_id)
    if person is None or not person.active:
        raise NotFound
    return person


def load_content(session: Session, document_id: int, revision: int, kind: str = "") -> Any:
    """Return the content of one revision of a document, of what is issued unless another kind is said."""
    which = {"of": document_id, "revision": revision}
    return parse(kind, _CONTENT.first(session, which).content)


def _goes_upwards(session: Session, document: Mapping[str, Any]) -> bool:
    """Tell whether a document goes to a higher body; its text is read only where its type does not say."""
    forms = forms_of(document["type"]) if document["type"] in TABLE else ()
    if UPWARD not in forms or len(forms) == 1:
        return UPWARD in forms
    return form_of(load_content(session, document["id"], document["revision"])) == UPWARD


def case_of(
    directory: OfficeDirectory,
    document: Mapping[str, Any],
    actor: int | None,
    here_now: Sequence[Any],
    problems: tuple[Reason, ...] = (),
) -> Case:
    """Return a document as its procedure's rules see it; `here_now` are its tasks at its stage and round."""
    line, how = here().versions[document["procedure_hash"]].line, document["countersigning"] or {}
    before = [stage.name for stage in takewhile(lambda stage: stage.name != document["state"], line)]
    upward, facts = _goes_upwards(directory.session, document), _FACTS.get(document["kind"])
    unapproved: tuple[Reason, ...] = ()
    if document["confers"]:
        content = load_content(directory.session, document["id"], document["revision"])
        unapproved = checking.problems(directory.session, document, content)
    return Case(
        state=document["state"],
        drafter=document["drafter_id"],
        unit=document["unit_id"],
        directory=directory,
        actor=actor,
        agency=document["agency_id"],
        kind=document["kind"],
        type=document["type"],
        upward=upward,
        head_alone=upward or (document["type"] in TABLE and TABLE[document["type"]].principal),
        urgency=document["urgency"],
        seal=document["seal"],
        countersigners=tuple(document["countersigners"]),
        countersign_units=tuple(how.get("units", ())),
        countersign_mode=how.get("mode", "all"),
        countersign_needed=how.get("needed"),
        turns=turns_of(document) if document["turns"] else (),
        consented=frozenset(task.for_id or task.user_id for task in here_now if task.outcome == "done"),
        handed=tuple(task.user_id for task in here_now if task.outcome is None and task.handed_from_id),
        deputed=frozenset(task.user_id for task in here_now if task.outcome is None and task.for_id),
        asked_signers=tuple(document["asked_signers"]),
        co_agencies=tuple(document["co_agencies"] or ()),
        co_signed=frozenset(document["co_signed"] or ()),
        passed=tuple(name for name in before if name in document["passed"]),
        resume_at=document["resume_at"],
        opened=any(task.opened_at for task in here_now if task.outcome is None),
        last_action=document["last_action"],
        last_actor=document["last_actor_id"],
        signed=document["signed_sha256"] is not None,
        changed_since_signing=document["content_sha256"] != document["signed_sha256"],
        undeclared_changes=document["content_sha256"] != document["vouched_sha256"],
        correction=document["correction"],
        numbered=document["number"] is not None,
        frozen=document["frozen_sha256"] is not None,
        deferred=document["deferred_until"] is not None,
        question=document["question_by_id"] is not None,
        today=today().isoformat(),
        open_points=unanswered(directory.session, document),
        problems=problems,
        unapproved=unapproved,
        applying=facts(directory.session, document) if facts else None,
    )
