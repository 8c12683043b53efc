"""Give what workflow knows the shape that the API promises."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from flask import url_for

from workflow import clock
from workflow.circulation.readers import Reader
from workflow.describe import Description, Passage
from workflow.installation import here
from workflow.points.given import Point
from workflow.retrieval import Found

from ..language import label, language, say_all

Shape = dict[str, Any]


def document(found: Description) -> Shape:
    return {
        "id": found.id,
        "kind": found.document["kind"],
        "state": found.document["state"],
        "state_label": label(found.state_label),
        "version": found.document["version"],
        "number": found.document["number"],
        "dated": _day(found.document["dated"]),
        "title": found.document["title"],
        "content": found.content.to_dict(),
        "content_sha256": found.document["content_sha256"],
        "actions": [
            {
                "name": action.name,
                "label": label(action.label),
                "direction": action.direction,
                "allowed": action.allowed,
                "reasons": say_all(action.reasons),
                "inputs": action.inputs(language()),
            }
            for action in found.actions
        ],
        "files": [
            {**file, "href": url_for("api.file", id=found.id, format=file["format"])} for file in found.files
        ],
        "points": [point(one) for one in found.points],
    }


def point(found: Point) -> Shape:
    names = ("n", "place", "kind", "text", "quoted", "answer", "note")
    return {
        **{name: getattr(found, name) for name in names},
        "by": found.by_account,
        "at": moment(found.at),
        "answered_by": found.answered_by_account,
        "answered_at": moment(found.answered_at),
    }


def circulation(n: int, found: Reader) -> Shape:
    names = ("kind", "note", "wants_answer", "standing", "answer")
    times = ("at", "read_at", "answered_at", "withdrawn_at")
    return {
        "n": n,
        "reader": found.account,
        "by": found.by_account,
        **{name: getattr(found, name) for name in names},
        **{name: moment(getattr(found, name)) for name in times},
    }


def line(row: Mapping[Any, Any]) -> Shape:
    stages = here().versions[row["procedure_hash"]].stages
    return {
        "id": row["public_id"],
        "kind": row["kind"],
        "state": row["state"],
        "state_label": label(stages[row["state"]].label),
        "version": row["version"],
        "number": row["number"],
        "dated": _day(row["dated"]),
        "title": row["title"],
        "type": row["type"],
        "urgency": row["urgency"],
        "drafter": row["drafter_account"],
        "unit": row["unit"],
        "updated_at": moment(row["updated_at"]),
        "issued_at": moment(row["issued_at"]),
    }


def task(row: Mapping[Any, Any]) -> Shape:
    times = {name: moment(row[name]) for name in ("since", "opened_at", "due_at")}
    return {**line(row), **times, "on_behalf_of": row["for_account"]}


def movement(passage: Passage) -> Shape:
    return {
        "at": moment(passage.at),
        "actor": passage.actor,
        "on_behalf_of": passage.on_behalf_of,
        "post": passage.post,
        "action": passage.action,
        "from": passage.source,
        "to": passage.dest,
        "comment": passage.comment,
        "content_sha256": passage.content_sha256,
        "details": passage.details,
        "prev": passage.prev,
        "hash": passage.hash,
    }


def revision(row: Mapping[str, Any]) -> Shape:
    names = ("n", "author", "stage", "kind", "reason", "content_sha256", "content")
    return {"at": moment(row["at"]), **{name: row[name] for name in names}}


def register_entry(row: Mapping[Any, Any]) -> Shape:
    names = ("number", "series", "year", "serial", "state", "document_id", "title", "reason")
    return {"dated": _day(row["dated"]), **{name: row[name] for name in names}}


def found(item: Found) -> Shape:
    return {
        "id": item.id,
        "number": item.number,
        "title": item.title,
        "type": item.type,
        "dated": _day(item.dated),
        "standing": item.standing,
        "highlights": [[{"text": text, "hit": hit} for text, hit in runs] for runs in item.highlights],
    }


def page(items: Iterable[Any], total: int, following: str | None, shape: Callable[[Any], Shape]) -> Shape:
    return {"items": [shape(item) for item in items], "total": total, "next": following}


def moment(stamped: str | None) -> str | None:
    """Return an instant as ISO 8601 in Shanghai's time."""
    return clock.read(stamped).isoformat() if stamped else None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
