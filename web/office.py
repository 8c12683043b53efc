"""Give a request its one view of the database, and close it afterwards."""

from typing import Any

from flask import Flask, g

from workflow.installation import here


def init_app(app: Flask) -> None:
    app.teardown_appcontext(_close)


def session() -> Any:
    """Return the request's session for reading; what verbs wrote since is seen after `refresh`."""
    if "reading" not in g:
        g.reading = here().database.read_tx()
        g.session = g.reading.__enter__()
    return g.session


def refresh() -> None:
    """Let the request see what has been written since it first looked."""
    _close(None)


def _close(error: BaseException | None) -> None:
    reading = g.pop("reading", None)
    g.pop("session", None)
    if reading is not None:
        reading.__exit__(None, None, None)
