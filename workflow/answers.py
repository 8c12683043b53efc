"""Answer a repeated request as it was answered first."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .clock import stamp
from .errors import KeyReused
from .models import Answer, table

_answers = table(Answer)


@dataclass(frozen=True)
class Once:
    """A request that may come again: its key, and what to answer about the document it leads to."""

    key: str
    answer: Callable[[Session, str], Mapping[str, Any]] = lambda _session, document: {"id": document}


def claim(session: Session, user_id: int, once: Once, request: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Take the key for this request, or return the answer that it had before.

    A twin that is under way is waited for. Raises KeyReused when the key came with another request.
    """
    request_hash = hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    taken = session.connection().execute(
        dialect.insert(_answers)
        .values(user_id=user_id, key=once.key, request_hash=request_hash, answer={}, at=stamp())
        .on_conflict_do_nothing()
        .returning(_answers.c.key)
    )
    if taken.first() is not None:
        return None
    first = (
        session.connection()
        .execute(select(_answers).where(_answers.c.user_id == user_id, _answers.c.key == once.key))
        .one()
    )
    if first.request_hash != request_hash:
        raise KeyReused
    return first.answer


def keep(session: Session, user_id: int, once: Once, document: str) -> Mapping[str, Any]:
    """Make the answer and store it beside what it answers, in the same transaction."""
    answer = once.answer(session, document)
    session.connection().execute(
        update(_answers)
        .where(_answers.c.user_id == user_id, _answers.c.key == once.key)
        .values(answer=answer)
    )
    return answer
