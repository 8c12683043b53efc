"""Remember which text of a document a person last saw, so that a page can say what is new to them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from . import clock
from .describe import Passage
from .models import Look

A_VISIT = timedelta(minutes=30)
"""Pages opened within so long of one another are one look: what was new at its beginning stays marked."""

AT_MOST = timedelta(minutes=1)
"""No oftener is a look written down while the text stays the same."""


def is_to_be_noted(session: Session, user_id: int, document: Mapping[str, Any]) -> bool:
    """Tell whether a look of now would be written down."""
    known = session.get(Look, (user_id, document["id"]))
    return known is None or known.revision != document["revision"] or _age(known) >= AT_MOST


def note(session: Session, user_id: int, document: Mapping[str, Any]) -> None:
    """Write down that somebody looks at a document's text as it is."""
    known, revision, at = session.get(Look, (user_id, document["id"])), document["revision"], clock.stamp()
    if known is None:
        session.add(Look(user_id=user_id, document_id=document["id"], revision=revision, at=at))
    elif known.revision != revision:
        known.before, known.revision, known.at = known.revision, revision, at
    else:
        if _age(known) >= A_VISIT:
            known.before = revision
        known.at = at


def last_seen(
    session: Session,
    user: tuple[int, str],
    document: Mapping[str, Any],
    versions: Sequence[Mapping[str, Any]],
    passages: Sequence[Passage],
) -> int | None:
    """Return the number of the newest text that somebody knew before this look; None at the first.

    user: id and user name. Whoever wrote a text or acted on it knew it.
    """
    user_id, username = user
    look = session.get(Look, (user_id, document["id"]))
    acted_on = {p.content_sha256 for p in passages if _saw(p) == username}
    known = [one["n"] for one in versions if one["author"] == username or one["content_sha256"] in acted_on]
    known += [look.before] if look and look.before else []
    return max(known, default=None)


def _saw(passage: Passage) -> str:
    """Return who saw the text: what was entered for another was said by them, a delegate looks themselves."""
    return passage.actor if "delegated" in passage.details else passage.on_behalf_of or passage.actor


def _age(look: Look) -> timedelta:
    return clock.now() - clock.read(look.at)
