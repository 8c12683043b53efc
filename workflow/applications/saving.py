"""Save what a unit typed into its application, over files that came in meanwhile."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from docgen.application import ApplicationContent
from docgen.errors import ContentError

from .. import engine
from ..answers import Once
from ..describe import describe
from ..directory import Person
from ..errors import NotAllowed, NotFound, Stale
from ..installation import read_tx
from ..work import load_person
from .missing import Lack, lacks
from .settling import settle

_NO_VERSION = -1  # that no document ever has
_TRIES = 5

Given = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def words_of(content: ApplicationContent) -> str:
    """Return the SHA-256 of what is typed in an application: all of it but its files."""
    data = content.to_dict()
    answers = [{**one, "evidence": []} for one in data["answers"]]
    typed = [one for one in answers if one["points"] is not None or one["statement"]]
    data |= {"answers": sorted(typed, key=lambda one: one["indicator"]), "signed_form": None}
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def to_change(actor_id: int, public_id: str) -> tuple[ApplicationContent, int]:
    """Return an application's content and version for somebody who may change it now.

    Raises NotFound, NotAllowed.
    """
    with read_tx() as session:
        found = describe(session, load_person(session, actor_id), public_id, every_kind=True)
        if not isinstance(found.content, ApplicationContent):
            raise NotFound
        if found.may_not_edit:
            raise NotAllowed(found.may_not_edit)
        return found.content, found.document["version"]


def save(actor_id: int, public_id: str, given: Given, seen: str, *, once: Once | None = None) -> None:
    """Save an application's words; `given` makes its content of the present one, which has the files.

    seen: `words_of` the text over which it was typed. Raises NotFound, NotAllowed, ContentError, and Stale
    when somebody else changed the words meanwhile.
    """
    for left in reversed(range(_TRIES)):
        content, version = to_change(actor_id, public_id)
        changed = words_of(content) != seen
        try:
            # what was sent twice is answered before its version is looked at
            seen_version = _NO_VERSION if changed else version
            engine.revise(actor_id, public_id, seen_version, given(content.to_dict()), once=once)
        except Stale:
            if changed or not left:
                raise
        else:
            return


def would_lack(
    session: Session, person: Person, public_id: str, data: Mapping[str, Any]
) -> tuple[Lack, ...] | None:
    """Return what an application would lack with a content; None where that cannot be taken as it is."""
    document = describe(session, person, public_id, every_kind=True).document
    try:
        content, _ = settle(session, person, data, document)
    except ContentError:
        return None
    return lacks(session, document, content)
