"""Time a desk's first page with 10,000 open tasks among 1,000,000 documents against that of a small office.

The page is asked for as a browser does and made whole, for the clerk and for the registrar, whose desk also
says what was sealed and has not come back; the clerk's also says what of titles falls due. The offices
take turns. Their rows are multiplied within SQLite from those of one document that the engine made.
"""

import re
import statistics
import tempfile
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

from flask.testing import FlaskClient

import web
from app import create_app
from config import Settings
from workflow import engine, opening
from workflow.db import sqlite_module
from workflow.demonstration.office import PASSWORD, set_up
from workflow.installation import Installation, here, install, write_tx

SMALL, LARGE = (1_000, 10), (1_000_000, 10_000)  # documents, open tasks on each desk
DESKS = {"clerk": "office_review", "registrar": "registration"}
DRAFTERS = 200
DOCUMENTS_A_TITLE = 50
ROUNDS = 15
AIM = 2.0
CONTENT = {"type": "通知", "title": "关于报送年度工作总结的通知", "body": "请各单位按时报送。"}
FAST = ("PRAGMA foreign_keys=OFF", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-400000")


def run() -> list[dict[str, Any]]:
    """Return a row a desk."""
    taken: dict[tuple[str, bool], list[float]] = {(who, big): [] for who in DESKS for big in (False, True)}
    with tempfile.TemporaryDirectory(prefix="hongtou-desk-") as folder:
        offices = {big: Office(Path(folder), *size) for big, size in ((False, SMALL), (True, LARGE))}
        for turn in range(ROUNDS + 1):
            for who, big in taken:
                seconds = offices[big].open_desk(who)
                if turn:  # the first is to warm up
                    taken[who, big].append(seconds)
        for office in offices.values():
            office.close()
    return [_row(who, taken[who, True], taken[who, False]) for who in DESKS]


def _row(who: str, large: list[float], small: list[float]) -> dict[str, Any]:
    value, against = statistics.median(large), statistics.median(small)
    ratio = value / against
    return {
        "name": f"first page of the {who}'s desk, {LARGE[1]:,} tasks among {LARGE[0]:,} documents",
        "value": round(value * 1000, 1),
        "unit": "ms",
        "against": f"{SMALL[1]} among {SMALL[0]:,}: {against * 1000:.1f} ms",
        "ratio": round(ratio, 2),
        "aim": f"≤ {AIM:g}",
        "holds": ratio <= AIM,
    }


class Office:
    """A demonstration office with many documents, and those who open their desks in it."""

    def __init__(self, folder: Path, documents: int, tasks: int) -> None:
        data = folder / str(documents)
        data.mkdir()
        url = f"sqlite:///{data / 'office.db'}"
        opening.prepare(url, data)
        app = create_app(Settings(data, url, "a key for a benchmark: 0123456789 abcdef", False, None))
        web.open_office(app)
        self.installation: Installation = here()
        with write_tx() as session:
            set_up(session)
        _fill(data / "office.db", documents, tasks)
        self.clients = {who: app.test_client() for who in DESKS}
        for who, client in self.clients.items():
            _sign_in(client, who)

    def open_desk(self, who: str) -> float:
        install(self.installation)
        begun = perf_counter()
        page = self.clients[who].get("/")
        seconds = perf_counter() - begun
        if page.status_code != 200 or CONTENT["title"] not in page.text:
            raise AssertionError("the desk did not show its tasks")
        return seconds

    def close(self) -> None:
        self.installation.database.dispose()


def _sign_in(client: FlaskClient, who: str) -> None:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
    assert found is not None
    form = {"username": who, "password": PASSWORD, "csrf_token": found[1]}
    assert client.post("/sign-in", data=form).status_code == 302


def _fill(path: Path, documents: int, tasks: int) -> None:
    """Make many of one document: two desks have their open tasks, the rest is issued, sealed and scanned."""
    with closing(sqlite_module().connect(path, isolation_level=None)) as connection:
        people = dict(connection.execute("SELECT username, id FROM users").fetchall())
        made = engine.draft(people["drafter"], "notice", CONTENT)
        engine.advance(people["drafter"], made.document, "submit", 1)
        for pragma in FAST:
            connection.execute(pragma)
        connection.execute("BEGIN IMMEDIATE")
        _people(connection)
        _documents(connection, documents, tasks)
        _tasks(connection, people, documents, tasks)
        _records(connection, people, documents)
        _titles(connection, documents // DOCUMENTS_A_TITLE)
        connection.execute("COMMIT")


def _people(connection: Any) -> None:
    name = "'drafter' || i"
    _multiply(connection, "users", DRAFTERS, id="1000 + i", username=name, name=name)


def _documents(connection: Any, documents: int, tasks: int) -> None:
    out, day = f"i > {2 * tasks}", "date('2010-01-01', (i % 5000) || ' days')"
    stages = "".join(
        f" WHEN i <= {(place + 1) * tasks} THEN '{stage}'" for place, stage in enumerate(DESKS.values())
    )
    _multiply(
        connection,
        "documents",
        documents,
        id="1 + i",
        public_id="lower(hex(randomblob(8)))",
        state=f"CASE{stages} ELSE 'issued' END",
        urgency="CASE i % 10 WHEN 1 THEN '特急' WHEN 2 THEN '加急' END",
        last_action="CASE i % 7 WHEN 1 THEN 'send_back' ELSE 'approve' END",
        drafter_id=f"1001 + i % {DRAFTERS}",
        created_at=f"{day} || 'T01:00:00.000000Z'",
        updated_at=f"{day} || 'T09:00:00.000000Z'",
        submitted_at=f"{day} || 'T02:00:00.000000Z'",
        issued_at=f"CASE WHEN {out} THEN {day} || 'T08:00:00.000000Z' END",
        number=f"CASE WHEN {out} THEN '豫测〔' || (2000 + i / 50000) || '〕' || (i % 50000) || '号' END",
        dated=f"CASE WHEN {out} THEN {day} END",
        printed_on=f"CASE WHEN {out} THEN {day} END",
        frozen_sha256=f"CASE WHEN {out} THEN content_sha256 END",
        scanned_of=f"CASE WHEN {out} AND i % 10000 THEN content_sha256 END",
        seal="1",
        restricted="0",
    )


def _tasks(connection: Any, people: dict[str, int], documents: int, tasks: int) -> None:
    minute = "datetime('2026-01-01', (i * 7 % 100000) || ' minutes')"
    when = {"since": f"replace({minute}, ' ', 'T') || '.000000Z'", "due_at": "NULL"}
    for who in DESKS:
        closed = {"closed_at": "since", "outcome": "'done'", "user_id": str(people[who])}
        _multiply(connection, "tasks", documents, id="NULL", document_id="1 + i", **when | closed)
    for place, (who, stage) in enumerate(DESKS.items()):
        which = {
            "document_id": f"{1 + place * tasks} + i",
            "user_id": str(people[who]),
            "stage": f"'{stage}'",
            "closed_at": "NULL",
            "outcome": "NULL",
        }
        _multiply(connection, "tasks", tasks, id="NULL", **when | which)


def _records(connection: Any, people: dict[str, int], documents: int) -> None:
    """Add what queries look through for who took part, what was told and what came back sealed."""
    by = {"actor_id": str(people["clerk"]), "canonical": "''"}
    _multiply(connection, "movements", documents, position="2 + i", document_id="1 + i", seq="3", **by)
    connection.execute(
        "INSERT INTO notices (user_id, document_id, at, message, params, read_at) "
        "SELECT drafter_id, id, updated_at, '', '{}', CASE WHEN id % 100 THEN updated_at END FROM documents"
    )
    connection.execute(
        "INSERT INTO document_files (document_id, format, sha256, made_from, at) "
        "SELECT id, 'sealed', scanned_of, scanned_of, updated_at FROM documents WHERE scanned_of IS NOT NULL"
    )


def _titles(connection: Any, count: int) -> None:
    """Add titles that were reminded and put it right; a hundredth has not yet, a hundredth expires soon."""
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
    until = "date('now', CASE i % 100 WHEN 1 THEN '90 days' ELSE '900 days' END)"
    connection.execute(
        f"{numbers} INSERT INTO titles "
        "(id, unit_id, holder, category, level, term, number, since, until, state, note) "
        f"SELECT i, 1, '单位' || i, 'unit', 'own', '届', '号', '2024-01-01', {until}, 'valid', '' FROM n"
    )
    for kind, done in (("confer", "NULL"), ("remind", "CASE WHEN i % 100 THEN '2024-06-01' END")):
        connection.execute(
            f"{numbers} INSERT INTO title_events (title_id, kind, on_day, done_on, reason, righted, at) "
            f"SELECT i, '{kind}', '2024-01-01', {done}, '', '', '2024-01-01T00:00:00.000000Z' FROM n"
        )


def _multiply(connection: Any, table: str, times: int, **changes: str) -> None:
    """Add a row many times over, the first of its table with some columns changed; `i` counts from 1."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})").fetchall()]
    values = ", ".join(changes.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    connection.execute(
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {times}) "
        f"INSERT INTO {table} ({names}) "
        f"SELECT {values} FROM n, (SELECT * FROM {table} ORDER BY rowid LIMIT 1)"
    )
