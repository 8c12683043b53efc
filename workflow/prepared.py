"""Run the statements of the hot path: built once, compiled once a database, given to its driver as text.

Going through SQLAlchemy's machinery costs four times what the driver takes for these small statements.
What they read and write is converted by SQLAlchemy's types all the same.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Delete, Dialect, Insert, Select, Update
from sqlalchemy.orm import Session

Values = Mapping[str, Any]
Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class _Compiled:
    sql: str
    order: list[str] | None  # of the parameters, where the driver takes them by position
    fixed: Values
    binders: dict[str, Convert]
    readers: list[tuple[int, Convert]]
    row: Any

    def parameters(self, values: Values) -> Any:
        given = {**self.fixed, **values}
        for name, bind in self.binders.items():
            given[name] = bind(given[name])
        return given if self.order is None else [given[name] for name in self.order]

    def read(self, found: tuple[Any, ...]) -> Any:
        if self.readers:
            values = list(found)
            for place, read in self.readers:
                values[place] = read(values[place])
            return self.row._make(values)
        return self.row._make(found)


class Prepared:
    """A statement with bound parameters and no lists among them, to be run in an open session."""

    def __init__(self, statement: Select | Insert | Update | Delete) -> None:
        self._statement = statement
        self._known: dict[tuple[str, ...], _Compiled] = {}

    def rows(self, session: Session, values: Values) -> list[Any]:
        """Return the rows, each a named tuple."""
        cursor, compiled = self._open(session, values)
        cursor.execute(compiled.sql, compiled.parameters(values))
        return [compiled.read(found) for found in cursor.fetchall()]

    def first(self, session: Session, values: Values) -> Any:
        """Return the first row, or None."""
        return next(iter(self.rows(session, values)), None)

    def run(self, session: Session, values: Values) -> int:
        """Write; return how many rows that concerned."""
        cursor, compiled = self._open(session, values)
        cursor.execute(compiled.sql, compiled.parameters(values))
        return int(cursor.rowcount)

    def run_many(self, session: Session, rows: Iterable[Values]) -> None:
        """Write once for each of the rows."""
        for values in rows:
            self.run(session, values)

    def _open(self, session: Session, values: Values) -> tuple[Any, _Compiled]:
        """Return the session's cursor and the statement as its database takes it."""
        opened = session.info.get(Prepared)
        if opened is None:
            connection = session.connection()
            opened = (connection.connection.cursor(), connection.dialect)
            session.info[Prepared] = opened
        cursor, dialect = opened
        key = (dialect.name, *values)
        compiled = self._known.get(key)
        if compiled is None:
            compiled = self._known[key] = _compile(self._statement, dialect, list(values))
        return cursor, compiled


def _compile(statement: Any, dialect: Dialect, keys: list[str]) -> _Compiled:
    if isinstance(statement, Insert):
        statement = statement.inline()  # no look-back for the key that was given
    compiled = statement.compile(dialect=dialect, column_keys=keys)
    binders = {
        name: bind
        for name, parameter in compiled.binds.items()
        if (bind := parameter.type.dialect_impl(dialect).bind_processor(dialect)) is not None
    }
    columns = list(statement.exported_columns)
    readers = [
        (place, read)
        for place, column in enumerate(columns)
        if (read := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
    ]
    row = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]
    order = list(compiled.positiontup) if compiled.positional else None
    fixed = {name: value for name, value in compiled.params.items() if name not in keys}
    return _Compiled(str(compiled), order, fixed, binders, readers, row)
