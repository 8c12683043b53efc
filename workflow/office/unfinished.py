"""List what a person would leave behind: documents that need them, posts, charges, standing in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Label

from ..circulation import inherit
from ..contents import APPLICATION
from ..directory import Person
from ..installation import here
from ..models import Appointment, Document, EnteredOpinion, LeaderInCharge, Post, Task, Unit, table
from ..visibility import ISSUED, visible_to
from . import places

_documents = table(Document)
_opinions = table(EnteredOpinion)
_posts = table(Post)


@dataclass(frozen=True)
class Line:
    """One thing that a person would leave behind; `key` names it in a form.

    `title` is there for those who may see the document, `places` and `stage` for a document only.
    """

    key: str
    kind: Literal["document", "post", "stand_in", "charge"]
    what: str
    title: str = ""
    places: tuple[str, ...] = ()
    stage: Label | None = None
    since: str | None = None

    @property
    def must_go(self) -> bool:
        """Say whether the account cannot be closed before this is handed over; the rest ends with it."""
        return self.kind == "document"


def open_work(session: Session, person: Person, reader: Person) -> list[Line]:
    """Return what a person would leave behind, documents first, for a reader to hand over."""
    return [*_in_documents(session, person, reader), *_in_the_office(session, person)]


def _in_documents(session: Session, person: Person, reader: Person) -> Iterator[Line]:
    chosen = list(_candidates(session, person.id))
    seen = set(session.scalars(select(Document.id).where(visible_to(reader), Document.id.in_(chosen))))
    rows = session.connection().execute(
        select(_documents)
        .where(_documents.c.id.in_(chosen), _documents.c.kind != APPLICATION)  # these go with the posts
        .order_by(_documents.c.id)
    )
    for row in [row._asdict() for row in rows]:
        held = places.places(session, row, person.id)
        if held:
            yield Line(
                key=f"document:{row['public_id']}",
                kind="document",
                what=places.called(session, row),
                title=row["title"] if row["id"] in seen else "",
                places=held,
                stage=here().versions[row["procedure_hash"]].stages[row["state"]].label,
                since=row["updated_at"],
            )


def _candidates(session: Session, user_id: int) -> set[int]:
    """Return the documents in which a person may have a place; who was chosen stands in lists within rows."""
    at_an_end = {
        stage.name for procedure in here().versions.values() for stage in procedure.line if stage.final
    }
    rows = session.connection().execute(
        select(
            _documents.c.id,
            _documents.c.drafter_id,
            _documents.c.resume_by,
            _documents.c.countersigners,
            _documents.c.asked_signers,
        ).where(_documents.c.issued_at.is_(None), _documents.c.state.not_in({*ISSUED, *at_an_end}))
    )
    found = {
        row.id
        for row in rows
        if user_id in (row.drafter_id, row.resume_by, *row.countersigners, *row.asked_signers)
    }
    found.update(
        session.scalars(select(Task.document_id).where(Task.user_id == user_id, Task.closed_at.is_(None)))
    )
    theirs = select(_opinions.c.document_id).where(*places.open_opinion(_opinions.c.document_id, user_id))
    found.update(session.scalars(theirs))
    found.update(inherit.all_that_waits_for(session, user_id))
    return found


def _in_the_office(session: Session, person: Person) -> Iterator[Line]:
    held = session.execute(
        select(Post.id, Post.title)
        .join(Appointment, Appointment.post_id == Post.id)
        .where(Appointment.user_id == person.id)
        .order_by(Appointment.id)
    )
    for row in held:
        yield Line(f"post:{row.id}", "post", row.title)
    charges = session.execute(
        select(Unit.id, Unit.name)
        .join(LeaderInCharge, LeaderInCharge.unit_id == Unit.id)
        .where(LeaderInCharge.user_id == person.id)
        .order_by(Unit.position)
    )
    for row in charges:
        yield Line(f"charge:{row.id}", "charge", row.name)
    for row in session.execute(
        select(Post.id, Post.title).where(Post.stand_in_id == person.id).order_by(Post.id)
    ):
        yield Line(f"stand_in:{row.id}", "stand_in", row.title)
