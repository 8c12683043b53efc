"""Write the approved list (名单) as the annex of a document: by category, in the office's order of units."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from docgen.sheet import Content

from ..models import Application, CampaignCategory, Category, Document, Title, Unit

STAGE = "conferral"
HEADINGS = ("序号", "单位名称")
ORDINALS = "一二三四五六七八九十"
NOT_IN_A_CELL = str.maketrans({"|": "／", "\n": " "})
_HEADING = re.compile(r"[一二三四五六七八九十]+、(?P<category>.+)（\d+个）")
_ROW = re.compile(r"\| *\d+ *\| *(?P<unit>[^|]+?) *\|")

_HAS_ITS_TITLE = exists(select(Title.id).where(Title.application_id == Document.id).correlate(Document))

Named = tuple[str, str]
"""A category and a unit as the annex names them."""


@dataclass(frozen=True)
class Listed:
    """An application on the list, with its unit by its name of today."""

    id: int
    public_id: str
    version: int
    category: str
    category_name: str
    unit_id: int
    unit: str


def approved(session: Session, campaign_id: int) -> list[Listed]:
    """Return the applications of a campaign that wait for their conferral, in the order of the list."""
    rows = session.execute(
        select(
            Document.id,
            Document.public_id,
            Document.version,
            Application.category,
            Category.name.label("category_name"),
            Application.unit_id,
            Unit.name.label("unit"),
        )
        .join(Application, Application.document_id == Document.id)
        .join(Category, Category.code == Application.category)
        .join(
            CampaignCategory,
            (CampaignCategory.campaign_id == Application.campaign_id)
            & (CampaignCategory.category == Application.category),
        )
        .join(Unit, Unit.id == Application.unit_id)
        .where(Application.campaign_id == campaign_id, Document.state == STAGE, ~_HAS_ITS_TITLE)
        .order_by(CampaignCategory.position, Category.position, Unit.position, Unit.id, Document.id)
    )
    return [Listed(**row._mapping) for row in rows]


def by_category(found: Iterable[Listed]) -> list[tuple[str, list[Listed]]]:
    """Return them grouped by the names of their categories, in the order in which they came."""
    return [(name, list(some)) for name, some in groupby(found, key=lambda one: one.category_name)]


def annex(found: Iterable[Listed]) -> str:
    """Return the list as a text: a heading and a table for each category."""
    lines = []
    for place, (category, some) in enumerate(by_category(found), start=1):
        lines += [f"{ordinal(place)}、{_cell(category)}（{len(some)}个）", as_row(HEADINGS), "| --- | --- |"]
        lines += [as_row((str(n), one.unit)) for n, one in enumerate(some, start=1)]
    return "\n".join(lines)


def written(found: Iterable[Listed]) -> list[Named]:
    """Return whom the annex names, in its order."""
    return [as_written(one.category_name, one.unit) for one in found]


def as_written(category: str, unit: str) -> Named:
    """Return how an annex names a unit and its category."""
    return _cell(category), _cell(unit)


def named(body: str) -> list[Named]:
    """Return whom a text names that was written as such a list."""
    category, found = "", []
    for line in body.splitlines():
        if heading := _HEADING.fullmatch(line.strip()):
            category = heading["category"]
        elif row := _ROW.fullmatch(line.strip()):
            found.append((category, row["unit"]))
    return found


def lists_in(content: Content) -> list[Named]:
    """Return whom the attachments of a content name."""
    return [one for part in content.attachments for one in named(part.body)]


def entries(found: Iterable[Listed]) -> list[dict[str, Any]]:
    """Return the list as a conferral keeps it."""
    return [
        {"application": one.public_id, "category": one.category, "named": one.category_name, "unit": one.unit}
        for one in found
    ]


def as_kept(kept: Iterable[Mapping[str, Any]]) -> list[Listed]:
    """Return a list as a conferral kept it, by names alone."""
    return [Listed(0, one["application"], 0, one["category"], one["named"], 0, one["unit"]) for one in kept]


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def as_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return text.translate(NOT_IN_A_CELL).strip()


def ordinal(number: int) -> str:
    """Return a number below 100 as headings of the first level have it."""
    tens, ones = divmod(number, 10)
    leading = "" if tens == 0 else "十" if tens == 1 else ORDINALS[tens - 1] + "十"
    return leading + (ORDINALS[ones - 1] if ones else "")
