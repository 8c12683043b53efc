"""Break a title into lines: whole words, in the shape of a trapezium or a diamond (7.3.1)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import ceil, inf

from .layout import TITLE_CAPACITY, TITLE_COMFORTABLE
from .measure import width
from .words import LONGEST_WORD, WORDS

SHORT_NAME = 12
"""A name in 《》 of up to so many characters stays whole."""

FEWEST_BROKEN = 10
"""A title of fewer characters is offered on one line only."""

_NOT_FIRST = frozenset("的和与及或暨等了、，。；：”’）》〉〕】！？％%")
NOT_LAST = frozenset("“‘（《〈〔【关第不")
_ATOM = re.compile(
    r"[0-9A-Za-z.:/〔〕-]+[年月日号届次周个项条期%％]?|第[一二三四五六七八九十百0-9]+[届次批期号条]?"
)
_BEAM = 24

_BROKEN_WORD, _BROKEN_NAME, _UNSURE = 60.0, 40.0, 14.0
_WORTH_OFFERING = 25.0  # over the best
_A_LINE_MORE, _CROWDED, _RECTANGLE, _HOURGLASS, _STUMP = 9.0, 6.0, 7.0, 16.0, 40.0


@lru_cache(maxsize=256)
def break_title(
    title: str,
    capacity: float = TITLE_CAPACITY,
    comfortable: float = TITLE_COMFORTABLE,
    not_last: frozenset[str] = NOT_LAST,
) -> tuple[str, ...]:
    """Return the title's lines, at most `capacity` characters wide each; none ends in `not_last`.

    Source: GB/T 9704-2012, 7.3.1.
    """
    if width(title) <= comfortable:
        return (title,)
    best = min(_ranked(title, capacity, comfortable, not_last), default=(inf, ()))[1]
    return _cut(title, best or _even_cuts(title, capacity)[1:-1])


def proposals(title: str, most: int = 3) -> tuple[tuple[str, ...], ...]:
    """Return the best ways to break a title, the one that is taken first; none of the others tears a word."""
    first = break_title(title)
    if width(title) < FEWEST_BROKEN:
        return (first,)
    ranked = sorted(_ranked(title, TITLE_CAPACITY, TITLE_COMFORTABLE, NOT_LAST))
    good = (_cut(title, cuts) for cost, cuts in ranked if cost < ranked[0][0] + _WORTH_OFFERING)
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for lines in (first, *good):
        found.setdefault(tuple(map(str.strip, lines)), lines)
    return tuple(found.values())[:most]


def _cut(title: str, cuts: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(title[a:b] for a, b in pairwise((0, *cuts, len(title))))


def _ranked(
    title: str, capacity: float, comfortable: float, not_last: frozenset[str]
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Yield ways to break a title into lines, each after what it costs."""
    penalties = _penalties(title, not_last)
    fewest = ceil(width(title) / capacity)
    for lines in (fewest, fewest + 1):
        for cost, cuts in _splits(title, penalties, lines, capacity):
            widths = _widths(title, cuts)
            yield cost + _shape(widths, comfortable) + _A_LINE_MORE * lines, cuts


def _splits(
    title: str, penalties: list[float], lines: int, capacity: float
) -> Iterator[tuple[float, tuple[int, ...]]]:
    ideal = width(title) / lines
    ahead = [0.0]
    for c in title:
        ahead.append(ahead[-1] + width(c))
    reached: dict[int, list[tuple[float, tuple[int, ...]]]] = {0: [(0.0, ())]}
    for number in range(1, lines):
        onward: dict[int, list[tuple[float, tuple[int, ...]]]] = {}
        for start, partials in reached.items():
            for cut in range(start + 1, len(title)):
                span = ahead[cut] - ahead[start]
                left = ahead[-1] - ahead[cut]
                if span > capacity:
                    break
                if penalties[cut] == inf or left > capacity * (lines - number):
                    continue
                cost = penalties[cut] + abs(span - ideal) * 0.5
                onward.setdefault(cut, []).extend((cost + c, (*cuts, cut)) for c, cuts in partials)
        reached = {cut: sorted(partials)[:_BEAM] for cut, partials in onward.items()}
    for partials in reached.values():
        yield from partials


def _shape(widths: list[float], comfortable: float) -> float:
    longest, shortest = max(widths), min(widths)
    cost = _CROWDED * sum(line > comfortable for line in widths)
    cost += (longest - shortest) * 0.6
    if shortest < 0.4 * longest:
        cost += _STUMP
    if longest - shortest < 1:
        cost += _RECTANGLE
    inner = widths[1:-1]
    if inner and max(inner) < min(widths[0], widths[-1]):
        cost += _HOURGLASS
    return cost


def _penalties(title: str, not_last: frozenset[str]) -> list[float]:
    """Return what a line's end before each character costs."""
    costs = [_UNSURE] * len(title)
    for start, end, known in _segments(title):
        for at in range(start + 1, end):
            costs[at] = _BROKEN_WORD
        if known:
            costs[start] -= _UNSURE / 2
            if end < len(title):
                costs[end] -= _UNSURE / 2
    for atom in _ATOM.finditer(title):
        for at in range(atom.start() + 1, atom.end()):
            costs[at] = inf
    for name in re.finditer("《[^《》]*》", title):
        for at in range(name.start() + 1, name.end()):
            costs[at] += inf if len(name[0]) <= SHORT_NAME else _BROKEN_NAME / len(name[0])
    for at in range(1, len(title)):
        if title[at] in _NOT_FIRST or title[at - 1] in not_last:
            costs[at] = inf
        elif title[at - 1] in "的、，" or title[at] == "《":
            costs[at] -= 3
        elif title[at - 1] in "和与及" or title[at - 2 : at] == "关于":
            costs[at] += 8
    return costs


def _segments(title: str) -> Iterator[tuple[int, int, bool]]:
    """Yield words (start, end, known), as few as possible."""
    best: list[tuple[float, int]] = [(0.0, 0)] + [(inf, 0)] * len(title)
    for end in range(1, len(title) + 1):
        for start in range(max(0, end - LONGEST_WORD), end):
            known = title[start:end] in WORDS
            if known or end - start == 1:
                best[end] = min(best[end], (best[start][0] + (1.0 if known else 1.6), start))
    end = len(title)
    while end:
        start = best[end][1]
        yield start, end, title[start:end] in WORDS
        end = start


def _even_cuts(title: str, capacity: float) -> tuple[int, ...]:
    """Cut a title that has no place for a line's end."""
    cuts, used = [0], 0.0
    for at, c in enumerate(title):
        if used + width(c) > capacity:
            cuts.append(at)
            used = 0.0
        used += width(c)
    return (*cuts, len(title))


def _widths(title: str, cuts: tuple[int, ...]) -> list[float]:
    edges = (0, *cuts, len(title))
    return [width(title[a:b]) for a, b in pairwise(edges)]
