"""Compile each statement once for all databases of a run: SQLAlchemy does it for each engine anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from workflow import db


@contextmanager
def sharing() -> Iterator[None]:
    """Let engines whose transactions begin alike share one dialect and what was compiled for it."""
    first: dict[tuple[str, str], Engine] = {}
    begin_with = db._beginning_with

    def shared(engine: Engine, statement: str) -> Engine:
        begin_with(engine, statement)
        kind = (engine.dialect.name, statement)
        if kind in first:
            engine.dialect = engine.pool._dialect = first[kind].dialect
            engine._compiled_cache = first[kind]._compiled_cache
        else:

            @event.listens_for(engine, "connect", once=True)
            def keep(*_: Any) -> None:  # only what has been connected knows its database
                first.setdefault(kind, engine)

        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "_beginning_with", shared)
        yield
