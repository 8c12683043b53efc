"""Remember from which list a document was opened, and what stands before and after it there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from workflow import lists, waiting
from workflow.directory import Person

_LISTS = {
    "tasks": waiting.tasks,
    "to_read": lists.to_read,
    "circulated": lists.circulated,
    "drafts": lists.drafts,
    "begun": lists.begun,
    "handled": lists.handled,
    "unscanned": lists.unscanned,
}

_GONE_THROUGH = ("tasks", "circulated")  # one after another: an act opens the next


@dataclass(frozen=True)
class Place:
    """Where a document stands in the list that it was opened from; `carried` names the list in addresses."""

    carried: Mapping[str, str]
    position: int
    total: int
    before: str | None
    after: str | None

    @property
    def origin(self) -> str:
        return self.carried["from"]

    @property
    def href(self) -> str:
        return _list_address(self.carried)


def carried() -> dict[str, str]:
    """Return the list that the person came from and its filter, as the address or the form names them."""
    named = request.values.get("from", "")
    if named not in _LISTS:
        return {}
    how = [(name, request.values.get(name, "")) for name in ("only", "order")]
    return {"from": named} | {name: value for name, value in how if value and named == "tasks"}


def place(session: Any, person: Person, public_id: str) -> Place | None:
    """Find a document in the list it was opened from; None when it came from none or is not there."""
    came = carried()
    if not came:
        return None
    narrowed = {name: value for name, value in came.items() if name != "from"}
    found = _LISTS[came["from"]](session, person, lists.MOST, **narrowed)
    ids = [item["public_id"] for item in found.items]
    if public_id not in ids:
        return None
    at = ids.index(public_id)
    before = ids[at - 1] if at else None
    after = ids[at + 1] if at + 1 < len(ids) else None
    return Place(came, at + 1, len(ids), before, after)


def onward(public_id: str, was: Place | None) -> str:
    """Return where to go after an act: the next task, the list one came from, or the document itself."""
    came = carried()
    following = (was.after or was.before) if was else None
    if came.get("from") in _GONE_THROUGH and following:
        return url_for("documents.show", public_id=following, **came)  # type: ignore[arg-type]
    return _list_address(came) if came else url_for("documents.show", public_id=public_id)


def _list_address(came: Mapping[str, str]) -> str:
    shown = {"circulated": "to_read"}.get(came["from"], came["from"])  # it stands on that page
    return url_for(f"desk.{shown}", only=came.get("only"), order=came.get("order"))
