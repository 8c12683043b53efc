"""Flag large differences between the assessors of one method (分差过大)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .reckoning import METHODS, Leaf, Sheet, judged_by

INDICATOR_PERCENT = 50  # of an indicator's points, from which a difference over it is flagged


@dataclass(frozen=True)
class Gap:
    """How far apart assessors are, in hundredths: over one indicator, or over all of them ('')."""

    method: str
    indicator: str
    lowest: int
    highest: int

    @property
    def size(self) -> int:
        return self.highest - self.lowest


def gaps(leaves: Sequence[Leaf], sheets: Iterable[Sheet], most: int) -> list[Gap]:
    """Return the differences to be looked at: totals by `most` hundredths, indicators by their percentage.

    The sheets are complete; a `most` of 0 flags no total.
    """
    known = list(sheets)
    found: list[Gap] = []
    for method in METHODS:
        of_method = [sheet for sheet in known if sheet.method == method]
        if len(of_method) < 2:
            continue
        scored = judged_by(leaves, method)
        totals = [sum(sheet.points[leaf.code] for leaf in scored) for sheet in of_method]
        if most and max(totals) - min(totals) >= most:
            found.append(Gap(method, "", min(totals), max(totals)))
        for leaf in scored:
            given = [sheet.points[leaf.code] for sheet in of_method]
            if leaf.points and (max(given) - min(given)) * 100 >= INDICATOR_PERCENT * leaf.points:
                found.append(Gap(method, leaf.code, min(given), max(given)))
    return found
