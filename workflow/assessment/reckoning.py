"""Reckon the total of an application (测评总分) from its assessors' scores, every step kept.

Points are whole hundredths. All arithmetic is in whole numbers and fractions; the one rounding is at the end,
to the hundredth, half up. How scores are put together is data (`Campaign.aggregation`); no database here.

    by each assessor    the sum of the points for the indicators that are judged by the method
    by each method      the mean of these sums, without the highest and the lowest where the campaign says so,
                        scaled to the points of the whole tree, times the method's weight
    total               the sum over the methods; 0 where an assessor vetoes and the campaign lets them
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

METHODS = ("material", "site", "survey")
Within = Literal["mean", "drop_extremes"]
WITHIN: tuple[Within, ...] = ("mean", "drop_extremes")
LEAST_TO_DROP = 3  # of two, nothing would be left


@dataclass(frozen=True)
class Leaf:
    """An indicator that is scored: its points in hundredths, and by which methods."""

    code: str
    points: int
    methods: tuple[str, ...]


@dataclass(frozen=True)
class Aggregation:
    """How scores become a total: each method's weight, and what is done within a method.

    at_least: from how many assessors on the highest and the lowest are dropped. veto: an assessor may veto.
    """

    methods: Mapping[str, int]
    within: Within = "mean"
    at_least: int = LEAST_TO_DROP
    veto: bool = False


@dataclass(frozen=True)
class Sheet:
    """What one assessor handed in for one method: the points of each indicator; `veto` says why they veto."""

    assessor: str
    name: str
    method: str
    points: Mapping[str, int]
    veto: str = ""


@dataclass(frozen=True)
class SheetTotal:
    """One assessor's sum; dropped: 'highest' or 'lowest' where it does not count."""

    assessor: str
    name: str
    total: int
    dropped: str = ""


@dataclass(frozen=True)
class MethodStep:
    """What one method comes to; fractions are written as numerator/denominator.

    of: the most points that an assessor could give; `scaled` is the mean x full / of, `subtotal` that x
    weight / the sum of the weights.
    """

    method: str
    weight: int
    of: int
    sheets: tuple[SheetTotal, ...]
    counted: int
    sum: int
    mean: str
    scaled: str
    subtotal: str


@dataclass(frozen=True)
class Veto:
    """Who vetoed by which method, and why."""

    assessor: str
    name: str
    method: str
    reason: str


@dataclass(frozen=True)
class Reckoning:
    """How a total came about: enough for anyone to reckon it again."""

    full: int
    within: str
    at_least: int
    weights: int
    methods: tuple[MethodStep, ...]
    sum: str
    vetoes: tuple[Veto, ...]
    total: int
    format: int = field(default=1)

    def to_dict(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {
            **vars(self),
            "methods": [
                {**vars(one), "sheets": list(map(dict, map(vars, one.sheets)))} for one in self.methods
            ],
            "vetoes": list(map(dict, map(vars, self.vetoes))),
        }


def read_aggregation(data: Mapping[str, Any]) -> Aggregation:
    """Return a campaign's rule as it was stored."""
    weights = {method: int(weight) for method, weight in sorted(data.get("methods", {}).items())}
    within: Within = "drop_extremes" if data.get("within") == "drop_extremes" else "mean"
    at_least = max(int(data.get("at_least") or LEAST_TO_DROP), LEAST_TO_DROP)
    return Aggregation(weights, within, at_least, bool(data.get("veto")))


def judged_by(leaves: Iterable[Leaf], method: str) -> list[Leaf]:
    """Return the indicators that are judged by a method."""
    return [leaf for leaf in leaves if method in leaf.methods]


def methods_of(leaves: Sequence[Leaf], rule: Aggregation) -> list[str]:
    """Return by which methods a tree is judged: those with a weight and points; the others share nothing."""
    return [
        method
        for method in METHODS
        if rule.methods.get(method, 0) > 0 and any(leaf.points for leaf in judged_by(leaves, method))
    ]


def missing(leaves: Sequence[Leaf], rule: Aggregation, sheets: Iterable[Sheet]) -> list[tuple[str, str]]:
    """Return what is not there yet: a method without a sheet as (method, ''), else (assessor, indicator)."""
    known = list(sheets)
    found: list[tuple[str, str]] = []
    for method in methods_of(leaves, rule):
        of_method = [sheet for sheet in known if sheet.method == method]
        found += [] if of_method else [(method, "")]
        found += [
            (sheet.assessor, leaf.code)
            for sheet in of_method
            for leaf in judged_by(leaves, method)
            if leaf.code not in sheet.points
        ]
    return found


def reckon(leaves: Sequence[Leaf], rule: Aggregation, sheets: Iterable[Sheet]) -> Reckoning:
    """Reckon a total from complete sheets, in whatever order they come; see `missing`."""
    known = sorted(sheets, key=lambda sheet: (sheet.method, sheet.assessor))
    full = sum(leaf.points for leaf in leaves)
    used = methods_of(leaves, rule)
    weights = sum(rule.methods[method] for method in used)
    steps, total = [], Fraction(0)
    for method in used:
        of_method = [sheet for sheet in known if sheet.method == method]
        step, subtotal = _method(judged_by(leaves, method), rule, of_method, full, weights)
        steps.append(step)
        total += subtotal
    vetoes = tuple(
        Veto(one.assessor, one.name, one.method, one.veto)
        for one in known
        if rule.veto and one.veto and one.method in used
    )
    result = 0 if vetoes else rounded(total)
    return Reckoning(full, rule.within, rule.at_least, weights, tuple(steps), str(total), vetoes, result)


def _method(
    leaves: Sequence[Leaf], rule: Aggregation, sheets: Sequence[Sheet], full: int, weights: int
) -> tuple[MethodStep, Fraction]:
    method = sheets[0].method
    of = sum(leaf.points for leaf in leaves)
    totals = [(sheet, sum(sheet.points[leaf.code] for leaf in leaves)) for sheet in sheets]
    dropped = _extremes([total for _, total in totals], rule)
    shown = tuple(
        SheetTotal(sheet.assessor, sheet.name, total, dropped.get(place, ""))
        for place, (sheet, total) in enumerate(totals)
    )
    counted = [one.total for one in shown if not one.dropped]
    mean = Fraction(sum(counted), len(counted))
    scaled = mean * full / of
    subtotal = scaled * rule.methods[method] / weights
    weight = rule.methods[method]
    step = MethodStep(
        method, weight, of, shown, len(counted), sum(counted), str(mean), str(scaled), str(subtotal)
    )
    return step, subtotal


def _extremes(totals: Sequence[int], rule: Aggregation) -> dict[int, str]:
    """Return which places do not count; of equal ones the first."""
    if rule.within != "drop_extremes" or len(totals) < rule.at_least:
        return {}
    highest = totals.index(max(totals))
    rest = [place for place in range(len(totals)) if place != highest]
    lowest = min(rest, key=lambda place: (totals[place], place))
    return {highest: "highest", lowest: "lowest"}


def rounded(number: Fraction) -> int:
    """Return a number that is not negative as whole hundredths, half up."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)
