import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, text

from tests.postgres import Postgres
from workflow import migrate
from workflow.db import Database

ROOT = Path(__file__).resolve().parents[2]
START_AND_WAIT = "from tests.postgres import Postgres; p = Postgres(); print(p.folder, flush=True); input()"


def names_of_tables(url: str) -> list[str]:
    engine = create_engine(url)
    names = inspect(engine).get_table_names()
    engine.dispose()
    return names


def make_table(url: str, name: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"create table {name} (n integer)"))
    engine.dispose()


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_gets_an_empty_database(database_url: str, time: str) -> None:
    assert names_of_tables(database_url) == []
    make_table(database_url, time)
    assert names_of_tables(database_url) == [time]


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_gets_the_tables_without_rows(migrated_url: str, time: str) -> None:
    database = Database(migrated_url)
    migrate.check(database)
    database.dispose()
    assert time not in names_of_tables(migrated_url)
    make_table(migrated_url, time)


def test_a_database_can_be_copied_from_another(postgres: Postgres, postgresql_url: str) -> None:
    make_table(postgresql_url, "seal")
    copy = postgres.create(template=postgresql_url)
    assert names_of_tables(copy) == ["seal"]
    postgres.drop(copy)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(copy.replace("+psycopg", ""))


def test_the_server_ends_with_a_process_that_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", START_AND_WAIT],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        assert Path(f"/proc/{server}").exists()
        ended = os.pidfd_open(server)
        process.kill()
    readable, _, _ = select.select([ended], [], [], 10)
    os.close(ended)
    shutil.rmtree(folder)
    assert readable
