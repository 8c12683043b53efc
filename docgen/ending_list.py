"""Say what is wrong with the earlier documents that a content names to end them."""

from collections.abc import Iterator
from datetime import date

from .errors import Problem
from .sheet import Content

ACTS = ("rescind", "repeal", "replace")  # 撤销, 废止, 更正重发
MOST_ENDINGS = 100


def problems(content: Content) -> Iterator[Problem]:
    """Yield what is wrong with `ends`: an unknown act, a day that is none or not wanted, a number twice."""
    numbers = [ending.number for ending in content.ends]
    for place, ending in enumerate(content.ends):
        where = f"ends[{place}]"
        if not ending.number:
            yield Problem(f"{where}.number", "This must not be empty.")
        elif ending.number in numbers[:place]:
            yield Problem(f"{where}.number", "%(name)s is named twice.", {"name": ending.number})
        if ending.act not in ACTS:
            value = {"value": ending.act}
            yield Problem(f"{where}.act", "%(value)s is none of rescind, repeal and replace.", value)
        if ending.from_date and not _is_day(ending.from_date):
            value = {"value": ending.from_date}
            yield Problem(f"{where}.from_date", "%(value)s is no date such as 2024-05-01.", value)
        elif ending.from_date and ending.act != "repeal":
            yield Problem(f"{where}.from_date", "Only a repeal has a day from which it counts.")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
