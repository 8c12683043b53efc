"""Put something on a person's reading list (待阅)."""

from collections.abc import Mapping

from sqlalchemy import update
from sqlalchemy.orm import Session

from states.reasons import Label

from .clock import stamp
from .models import Notice, table

_notices = table(Notice)


def tell(
    session: Session, user_id: int, document_id: int, at: str, message: str, params: Mapping[str, str | Label]
) -> None:
    """Add a line about a document; `message` is an English message id with %(name)s places."""
    session.connection().execute(
        _notices.insert().values(
            user_id=user_id, document_id=document_id, at=at, message=message, params=dict(params)
        )
    )


def mark_read(session: Session, user_id: int, document_id: int) -> None:
    """Take what a person was told about a document off their list."""
    session.connection().execute(
        update(_notices)
        .where(
            _notices.c.user_id == user_id,
            _notices.c.document_id == document_id,
            _notices.c.read_at.is_(None),
        )
        .values(read_at=stamp())
    )


def withdraw(session: Session, document_id: int, message: str, user_id: int | None = None) -> None:
    """Take what no longer matters off the lists of those who have not read it, or off one person's."""
    whose = () if user_id is None else (_notices.c.user_id == user_id,)
    session.connection().execute(
        update(_notices)
        .where(
            _notices.c.document_id == document_id,
            _notices.c.message == message,
            _notices.c.read_at.is_(None),
            *whose,
        )
        .values(read_at=stamp())
    )
