"""An office at work: short words for what its people do and for what became of it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, text, update

from workflow import clock, describe, engine, opening, verify
from workflow.directory import Person, find_person
from workflow.installation import here, read_tx, write_tx
from workflow.models import Appointment, Document, Movement, Notice, Post, RegisterEntry, Task, User, table

BOTH = ["countersigner1", "countersigner2"]
FORWARD = {
    "draft": "submit",
    "unit_review": "approve",
    "countersign": "countersign",
    "office_review": "approve",
    "leader_review": "approve",
    "signing": "sign",
    "co_signing": "enter_co_signature",
    "checking": "check",
    "registration": "register",
    "printing": "finish_printing",
    "sealing": "seal",
    "dispatch": "issue",
    "issued": "archive",
}
BODY = "\n".join(
    (
        "为做好年度总结，现将有关事项通知如下。",
        "一、认真总结。各单位要如实反映工作成效，查找不足。",
        "二、按时报送。请于12月20日前报送，联系人见《联络表》。",
    )
)
CONTENT: dict[str, Any] = {
    "type": "通知",
    "title": "关于报送年度工作总结的通知",
    "addressees": "省直各单位",
    "body": BODY,
    "copy_to": "省委宣传部",
}


def content(**changes: Any) -> dict[str, Any]:
    return CONTENT | changes


def mended(old: str, new: str) -> dict[str, Any]:
    """Return the usual content with a piece of its body replaced."""
    assert old in BODY
    return content(body=BODY.replace(old, new))


def at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    """Return a moment of Shanghai."""
    return datetime(year, month, day, hour, tzinfo=clock.SHANGHAI)


class Desk:
    """The people of one open office."""

    def id(self, username: str) -> int:
        with read_tx() as session:
            return session.scalars(select(User.id).where(User.username == username)).one()

    def person(self, username: str) -> Person:
        with read_tx() as session:
            person = find_person(session, self.id(username))
        assert person is not None
        return person

    def draft(self, who: str = "drafter", **changes: Any) -> str:
        return engine.draft(self.id(who), "notice", content(**changes)).document

    def row(self, document: str) -> dict[str, Any]:
        with read_tx() as session:
            row = session.execute(select(table(Document)).where(Document.public_id == document)).one()
        return dict(row._mapping)

    def state(self, document: str) -> str:
        return str(self.row(document)["state"])

    def take(self, document: str, who: str, action: str, **inputs: Any) -> str:
        """Take a step on the document as it is now; return where it is then."""
        engine.advance(self.id(who), document, action, self.row(document)["version"], inputs)
        return self.state(document)

    def revise(self, document: str, who: str, data: dict[str, Any], **how: Any) -> str:
        engine.revise(self.id(who), document, self.row(document)["version"], data, **how)
        return self.state(document)

    def send_back(self, document: str, who: str, target: str, resume: str = "jump") -> str:
        inputs = {"target": target, "resume": resume, "comment": "请修改。"}
        return self.take(document, who, "send_back", **inputs)

    def bring(self, document: str, stage: str, **submitted: Any) -> str:
        """Take forward steps, each as whoever has the document, until it is at a stage."""
        for _ in range(30):
            state = self.state(document)
            if state == stage:
                return document
            who = self.holders(document)[0]
            if state == "printing" and self.row(document)["frozen_sha256"] is None:
                self.take(document, who, "send_to_print")
                continue
            self.take(document, who, FORWARD[state], **(submitted if state == "draft" else {}))
        raise AssertionError(f"the document does not come to {stage}")

    def at(self, stage: str, countersigners: list[str] | None = None, **changes: Any) -> str:
        """Draft a document and bring it to a stage."""
        return self.bring(self.draft(**changes), stage, countersigners=countersigners or [])

    def holders(self, document: str) -> list[str]:
        """Return who has the document now."""
        with read_tx() as session:
            return list(
                session.scalars(
                    select(User.username)
                    .join(Task, Task.user_id == User.id)
                    .join(Document, Document.id == Task.document_id)
                    .where(Document.public_id == document, Task.closed_at.is_(None))
                    .order_by(Task.id)
                )
            )

    def movements(self, document: str) -> list[describe.Passage]:
        with read_tx() as session:
            return describe.movements(session, self.row(document)["id"])

    def way(self, document: str) -> list[tuple[str, str, str]]:
        """Return the document's movements as (action, from, to)."""
        return [(one.action, one.source, one.dest) for one in self.movements(document)]

    def offers(self, document: str, who: str) -> dict[str, bool]:
        with read_tx() as session:
            actions = describe.describe(session, self.person(who), document).actions
        return {action.name: action.allowed for action in actions}

    def register(self) -> list[tuple[str, str, str]]:
        with read_tx() as session:
            rows = session.scalars(select(RegisterEntry).order_by(RegisterEntry.id))
            return [(row.number, row.state, row.reason) for row in rows]

    def told(self, who: str) -> list[str]:
        """Return the messages on a person's reading list."""
        with read_tx() as session:
            found = select(Notice.message).where(Notice.user_id == self.id(who), Notice.read_at.is_(None))
            return list(session.scalars(found.order_by(Notice.id)))

    def findings(self) -> list[str]:
        return list(verify.findings())

    def close_account(self, who: str, active: bool = False) -> None:
        with write_tx() as session:
            session.execute(update(User).where(User.username == who).values(active=active))

    def appoint(self, who: str, code: str, unit: str | None = None) -> None:
        """Give somebody a post that there is, on top of what they hold."""
        with write_tx() as session:
            post = session.scalars(select(Post).where(Post.code == code)).first()
            assert post is not None
            session.add(Appointment(post_id=post.id, user_id=self.id(who)))

    def dismiss(self, who: str, code: str) -> None:
        with write_tx() as session:
            posts = select(Post.id).where(Post.code == code)
            session.execute(
                Appointment.__table__.delete().where(
                    Appointment.user_id == self.id(who), Appointment.post_id.in_(posts)
                )
            )

    def fingerprint(self) -> str:
        """Return a hash over every row of every table, to show that nothing changed."""
        found = hashlib.sha256()
        with read_tx() as session:
            for name, rows in sorted(Document.metadata.tables.items()):
                keys = rows.primary_key.columns
                for row in session.execute(select(rows).order_by(*keys)):
                    found.update(repr((name, *row)).encode())
        return found.hexdigest()

    def execute(self, statement: str, **values: Any) -> None:
        """Change the database behind the office's back."""
        with write_tx() as session:
            session.execute(text(statement), values)

    def seq_of(self, document: str, action: str) -> Movement:
        with read_tx() as session:
            found = select(Movement).where(
                Movement.document_id == self.row(document)["id"], Movement.action == action
            )
            return session.scalars(found.order_by(Movement.position)).all()[-1]


@contextmanager
def opened(url: str, data: Path, office_procedures: Path | None = None) -> Iterator[Desk]:
    """Open an office, and close it afterwards."""
    opening.open_installation(url, data, office_procedures)
    try:
        yield Desk()
    finally:
        here().database.dispose()
