"""An office of an older schema, with documents under way, is brought up to date and works on.

office_at_0010.zip was written by the program as it was at migration 0010: the rows of a demonstration office
and the files behind them, whatever every database holds anyway left out.
"""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from alembic import command
from sqlalchemy import Boolean, Connection, Date, MetaData, Table, insert, null, select, text

from tests.workflow.applications.campaign import content, open_campaign
from tests.workflow.desk import Desk, opened
from workflow import archive, engine, migrate
from workflow.db import Database
from workflow.installation import here, read_tx
from workflow.models import Document

KEPT = Path(__file__).with_name("office_at_0010.zip")
STAGES = {"archived", "voided", "printing", "signing", "countersign", "draft"}


def restore(url: str, data: Path) -> None:
    """Lay the tables of that day down, and put its rows and files back."""
    database, settings = Database(url), migrate.config()
    with ZipFile(KEPT) as kept:
        rows = json.loads(kept.read("rows.json"))
        kept.extractall(data, [name for name in kept.namelist() if name.startswith("files/")])
    with database.exclusive() as engine_, engine_.connect() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0010")
        connection.commit()
    meta = MetaData()
    meta.reflect(database.engine, only=list(rows))
    with database.write_tx() as session:
        connection = session.connection()
        for table in meta.sorted_tables:
            if table.name == "chain_head":  # which the migrations begin
                connection.execute(table.delete())
            known = rows[table.name]
            for row in known["rows"]:
                values = dict(zip(known["columns"], row, strict=True))
                connection.execute(insert(table).values(_typed(table, values)))
            _go_on_counting(connection, table)
    database.dispose()


def _typed(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for name, value in values.items():
        kind = table.columns[name].type
        if value is None:
            value = null()
        elif isinstance(kind, Date):
            value = date.fromisoformat(value)
        elif isinstance(kind, Boolean):
            value = bool(value)
        found[name] = value
    return found


def _go_on_counting(connection: Connection, table: Table) -> None:
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        sequence = connection.scalar(text(f"SELECT pg_get_serial_sequence('{table.name}', 'id')"))
        if sequence:
            connection.execute(text(f"SELECT setval('{sequence}', (SELECT max(id) FROM {table.name}))"))


def test_an_old_office_is_brought_up_to_date_and_works_on(database_url: str, tmp_path: Path) -> None:
    restore(database_url, tmp_path)
    database = Database(database_url)
    migrate.upgrade(database)
    database.dispose()
    with opened(database_url, tmp_path) as desk:
        assert desk.findings() == []
        with read_tx() as session:
            documents = session.scalars(select(Document).order_by(Document.id)).all()
            assert set(Counter(one.state for one in documents)) == STAGES
            assert not {one.procedure_hash for one in documents} & {
                procedure.hash for procedure in here().procedures.values()
            }
            frozen = next(one for one in documents if one.state == "archived").frozen_sha256
        assert archive.read(frozen or "")
        for one in documents:
            if one.state in ("countersign", "printing"):
                desk.bring(one.public_id, "issued")
        applies(desk)
        assert desk.findings() == []


def applies(desk: Desk) -> None:
    """Begin an application in a campaign, of which the old office knew nothing."""
    campaign = open_campaign(desk)
    begun = engine.draft(desk.id("unit1"), "application", content(campaign)).document
    assert desk.state(begun) == "draft"
