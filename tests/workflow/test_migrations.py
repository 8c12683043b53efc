"""The schema is what the models say, whole or not at all, and guards the record."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from tests.workflow.desk import Desk
from workflow import migrate, opening
from workflow.db import Database
from workflow.errors import Unusable
from workflow.installation import here
from workflow.models import Base

BY_HAND = "document_search"


def ours(name: str | None, kind: str, parents: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith(BY_HAND))


def test_the_migrations_make_what_the_models_describe(migrated_url: str) -> None:
    database = Database(migrated_url)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": ours, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []
    database.dispose()


def test_checks_and_indexes_are_made_too(migrated_url: str) -> None:
    database = Database(migrated_url)
    found = inspect(database.engine)
    for name, described in Base.metadata.tables.items():
        checks = {constraint["name"] for constraint in found.get_check_constraints(name)}
        wanted = {str(c.name) for c in described.constraints if c.__visit_name__ == "check_constraint"}
        assert wanted <= checks, name
    database.dispose()


def test_a_migration_that_was_cut_off_is_run_again_whole(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(database_url)
    real = Operations.bulk_insert

    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Operations, "bulk_insert", cut_off)
    with pytest.raises(KeyboardInterrupt):
        migrate.upgrade(database)
    with pytest.raises(Unusable):
        migrate.check(database)
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    monkeypatch.setattr(Operations, "bulk_insert", real)
    migrate.upgrade(database)
    migrate.check(database)
    migrate.upgrade(database)
    database.dispose()


def test_an_office_with_another_schema_is_not_opened(migrated_sqlite_url: str, tmp_path) -> None:
    database = Database(migrated_sqlite_url)
    with database.write_tx() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    database.dispose()
    with pytest.raises(Unusable, match="the database is at schema 0000"):
        opening.open_installation(migrated_sqlite_url, tmp_path)


def test_no_step_leads_back_behind_the_first_tables(migrated_sqlite_url: str) -> None:
    database = Database(migrated_sqlite_url)
    settings = migrate.config()
    with database.exclusive() as engine, engine.connect() as connection:
        settings.attributes["connection"] = connection
        with pytest.raises(NotImplementedError):
            command.downgrade(settings, "base")
    database.dispose()


@pytest.mark.parametrize("statement", ["UPDATE movements SET comment = ''", "DELETE FROM movements"])
def test_movements_are_neither_changed_nor_deleted(desk_on_both: Desk, statement: str) -> None:
    desk = desk_on_both
    desk.draft()
    before = desk.fingerprint()
    statement = statement.replace("comment = ''", "action = 'sign'")
    with pytest.raises(DatabaseError, match="movements are kept as they are"):
        desk.execute(statement)
    assert desk.fingerprint() == before


def test_movements_are_not_truncated_on_postgresql(postgresql_office_url: str) -> None:
    database = Database(postgresql_office_url)

    def truncate() -> None:
        with database.write_tx() as session:
            session.execute(text("TRUNCATE movements"))

    with pytest.raises(DatabaseError, match="movements are kept as they are"):
        truncate()
    database.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents SET state = 'issued'",
        "UPDATE documents SET signed_sha256 = content_sha256",
        "UPDATE documents SET version = NULL",
        "INSERT INTO register (series_id, year, serial, number, state, reason, by_id, registered_on) "
        "VALUES (1, 2024, 1, 'x', 'void', '', 1, '2024-01-01')",
        "INSERT INTO register (series_id, year, serial, number, state, reason, by_id, registered_on) "
        "VALUES (1, 2024, 1, 'x', 'used', '', 1, '2024-01-01')",
        "INSERT INTO chain_head (id, position, chain_hash) VALUES (2, 0, '')",
    ],
)
def test_what_cannot_be_is_refused_by_the_tables_themselves(desk_on_both: Desk, statement: str) -> None:
    desk = desk_on_both
    desk.draft()
    with pytest.raises(DatabaseError):
        desk.execute(statement)


def test_sqlite_keeps_foreign_keys_and_syncs_fully(desk: Desk) -> None:
    database = here().database
    for engine in (database.engine, database.writer):
        with engine.connect() as connection:
            found = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("foreign_keys", "synchronous", "journal_mode")
            ]
        assert found == [1, 2, "wal"]
