"""Begin, show, change and move documents."""

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, request, url_for
from flask.typing import ResponseReturnValue

from workflow import describe, desk, engine
from workflow.answers import Once
from workflow.errors import NotReady, Reason

from .. import office
from . import body, shapes
from .bearer import person
from .conditions import idempotency_key, version_seen
from .schemas import DraftRequest

CHANGES = ("layout", "wording", "substance")


def create() -> ResponseReturnValue:
    """Begin a document."""
    key = once()
    given = body.read(DraftRequest)
    done = engine.draft(person().id, given.kind, given.content, once=key)
    response = answered(done, key)
    response.status_code = 201
    response.headers["Location"] = url_for("api.show", id=done.document)
    return response


def show(id: str) -> ResponseReturnValue:
    """Show a document; one who holds it has opened it."""
    desk.opened(person(), id, every_kind=True)
    return _tagged(_describe(office.session(), id))


def write(id: str) -> ResponseReturnValue:
    """Change a document's text at its present stage."""
    content = body.json_object()
    change, reason = request.args.get("change", ""), request.args.get("reason", "")
    if change and change not in CHANGES:
        raise NotReady([Reason("After sign-off each change says whether it is layout, wording or substance")])
    with version_seen() as version:
        done = engine.revise(person().id, id, version, content, change=change or None, reason=reason)
    return answered(done, None)


def act(id: str, name: str) -> ResponseReturnValue:
    """Take a step."""
    key = once()
    inputs = body.json_object()
    with version_seen() as version:
        done = engine.advance(person().id, id, name, version, inputs, once=key)
    return answered(done, key)


def once() -> Once | None:
    """Return the request's key, under which it is done once."""
    key = idempotency_key()
    return None if key is None else Once(key, _describe)


def _describe(session: Any, id: str) -> Mapping[str, Any]:
    return shapes.document(describe.describe(session, person(), id, every_kind=True))


def answered(done: engine.Done, once: Once | None) -> Response:
    """Answer with the document: the kept answer where there is a key, otherwise as it is now."""
    if once is not None:
        return _tagged(done.answer)
    office.refresh()
    return _tagged(_describe(office.session(), done.document))


def _tagged(document: Mapping[str, Any]) -> Response:
    response = make_response(dict(document))
    response.set_etag(str(document["version"]))
    return response
