"""Statements given to the driver as text read and write what SQLAlchemy's types say."""

import threading
from datetime import date

import pytest
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import DatabaseError as Wrapped

from tests.workflow.desk import Desk
from workflow import movements
from workflow.db import Database
from workflow.errors import Busy
from workflow.installation import here, read_tx, write_tx
from workflow.models import Document, table
from workflow.prepared import Prepared

_documents = table(Document)
ALL = Prepared(select(_documents).where(_documents.c.public_id == bindparam("document")))


def test_rows_are_those_that_the_library_reads(desk_on_both: Desk) -> None:
    document = desk_on_both.at("issued", ["countersigner1"])
    with read_tx() as session:
        row = ALL.first(session, {"document": document})._asdict()
    assert row == desk_on_both.row(document)
    assert isinstance(row["dated"], date)
    assert row["seal"] is True
    assert row["passed"][:2] == ["draft", "unit_review"]


def test_what_is_written_comes_back(desk_on_both: Desk) -> None:
    document = desk_on_both.draft()
    values = {
        "passed": ["签发", '"'],
        "seal": False,
        "dated": date(2024, 2, 29),
        "title": "’; --",
        "copies": None,
    }
    change = Prepared(
        update(_documents)
        .where(_documents.c.public_id == bindparam("document"))
        .values({name: bindparam(f"new_{name}", type_=_documents.c[name].type) for name in values})
    )
    with write_tx() as session:
        given = {f"new_{name}": value for name, value in values.items()}
        assert change.run(session, {**given, "document": document}) == 1
        assert change.run(session, {**given, "document": "no such"}) == 0
    row = desk_on_both.row(document)
    assert {name: row[name] for name in values} == values


def test_there_is_no_first_of_none(desk_on_both: Desk) -> None:
    with read_tx() as session:
        assert ALL.first(session, {"document": "no such"}) is None


def test_what_is_written_goes_with_its_transaction(desk_on_both: Desk) -> None:
    before = desk_on_both.fingerprint()

    def move_and_fail() -> None:
        with write_tx() as session:
            movements._MOVE_HEAD.run(session, {"to": 99, "hash": "x" * 64})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        move_and_fail()
    assert desk_on_both.fingerprint() == before


def test_what_the_tables_refuse_is_refused(desk_on_both: Desk) -> None:
    desk_on_both.draft()
    renumber = Prepared(update(_documents).values(version=bindparam("to")))

    def write() -> None:
        with write_tx() as session:
            renumber.run(session, {"to": None})

    with pytest.raises((Wrapped, here().database.writer.dialect.dbapi.Error)):
        write()


def test_a_row_that_is_locked_too_long_is_busy(
    postgresql_office_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflow.db._POSTGRESQL_LIMITS", "SET LOCAL lock_timeout='200ms'")
    first, second = Database(postgresql_office_url), Database(postgresql_office_url)
    errors: list[str] = []

    def take() -> None:
        try:
            with second.write_tx() as session:
                movements._HEAD.rows(session, {})
        except Busy:
            errors.append("busy")

    with first.write_tx() as session:
        movements._HEAD.rows(session, {})
        thread = threading.Thread(target=take)
        thread.start()
        thread.join(10)
    assert errors == ["busy"]
    first.dispose()
    second.dispose()
