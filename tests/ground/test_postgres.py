import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.postgres import Postgres

ROOT = Path(__file__).resolve().parents[2]
START_AND_WAIT = "from tests.postgres import Postgres; p = Postgres(); print(p.folder, flush=True); input()"


def names_of_tables(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        kind = "sqlite_master" if url.startswith("sqlite") else "pg_tables"
        column = "name" if url.startswith("sqlite") else "tablename"
        where = "" if url.startswith("sqlite") else "where schemaname = 'public'"
        found = connection.execute(text(f"select {column} from {kind} {where}")).scalars().all()
    engine.dispose()
    return list(found)


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
