"""Hold an office as its workbook speaks of it: what there is, what it is called by, its fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from . import columns
from .cells import NO, YES, Value
from .sheets import Line

Noun = Literal["agency", "name", "series", "right", "unit", "person", "correspondent"]
Held = tuple[str, str, str]  # unit ('' for none), code and title of a post
Key = tuple[str, ...]
Fields = Mapping[str, Value | tuple[Held, ...]]  # by heading
Office = dict[Noun, dict[Key, Fields]]

# In this order nothing is named before it is there; leaders come after the people, see apply.py.
SHEETS: dict[Noun, str] = {
    "agency": columns.AGENCIES.name,
    "name": columns.AGENCIES.name,
    "series": columns.SERIES.name,
    "right": columns.RIGHTS.name,
    "unit": columns.UNITS.name,
    "person": columns.PEOPLE.name,
    "correspondent": columns.CORRESPONDENTS.name,
}
HELD = "职务"  # the field of a person that has their posts
START = ("起始年度", "起始号")
OF_THE_NAME = ("全称", "规范化简称", "停用日期", "发文机关标志", "印发机关")
OF_THE_AGENCY = ("字高", "字宽比例", "用印", "默认抄送", "全宗号", "机构代码")


@dataclass(frozen=True)
class Entry:
    """One thing that the workbook speaks of, and the line where it does."""

    noun: Noun
    key: Key
    fields: Fields
    line: Line


def empty_office() -> Office:
    return {noun: {} for noun in SHEETS}


def shown(value: Value | tuple[Held, ...]) -> str:
    """Return a field as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "、".join(_post(one) if isinstance(one, tuple) else one for one in value)
    return str(value)


def _post(held: Held) -> str:
    unit, code, title = held
    return f"{unit} {title}（{code}）".strip()
