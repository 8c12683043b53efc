"""A register of former years with its files, and the office that it belongs to."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tests import opening_day
from workflow.installation import write_tx
from workflow.intake import past
from workflow.intake.past.rows import HEADINGS
from workflow.models import Agency, Series
from workflow.spreadsheets import Table, write_workbook

CODES = (
    opening_day.GENERAL,
    opening_day.LETTERS,
    opening_day.COMMITTEE,
    opening_day.FORMER,
    opening_day.VOLUNTEERS,
)
CODE = opening_day.GENERAL
TITLE = "关于开展读书月活动的通知"
ROW = (f"{CODE}〔2024〕1号", TITLE, "2024-03-05", "2024-03-06", "市直各单位", "某人", 60, None)


def enter_series() -> None:
    """Enter the series that the numbers are of, in the office that is open."""
    with write_tx() as session:
        agency = session.scalars(select(Agency.id)).first()
        assert agency is not None
        for place, code in enumerate(CODES):
            series = {"agency_code": code, "name": "文件", "types": ["函"], "position": 10 + place}
            session.add(Series(agency_id=agency, closed_year=0, **series))


def register(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS) -> bytes:
    return write_workbook([Table("登记簿", headings, rows)])


def row(**changes: Any) -> tuple[Any, ...]:
    """Return a good row with some cells changed, by their headings."""
    assert changes.keys() <= set(HEADINGS)
    return tuple(changes.get(heading, cell) for heading, cell in zip(HEADINGS, ROW, strict=True))


def small(folder: Path, *rows: Sequence[Any], files: dict[str, bytes] | None = None) -> past.Source:
    """Return a register with these rows, and files by their names."""
    paths = {}
    for number, (name, content) in enumerate((files or {}).items()):
        paths[name] = folder / f"file {number}"
        paths[name].write_bytes(content)
    return past.Source("登记簿.xlsx", register(*rows), paths)
