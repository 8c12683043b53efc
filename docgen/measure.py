"""Foresee how texts break into lines, from the widths that all office fonts share."""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

_TOKEN = re.compile(
    r"[“‘（《〈〔【「『(\[{]*"  # may not end a line
    r"(?:[!-'*-Z\\^-z|~]+|.)"  # a word or a figure
    r"[”’）》〉〕】」』、。，．：；！？…％℃)\],.:;!?]*"  # may not start one
)
_ASCII = re.compile("[ -~]")
_SAVED = dict.fromkeys(map(chr, range(0x20, 0x7F)), 0.5)
for _characters, _width in ((".,:;'|ijl", 0.28), ("-()[]frst", 0.39), ("mw%&+#@", 0.81)):
    _SAVED |= dict.fromkeys(_characters, 1 - _width)
_SAVED |= dict.fromkeys("ABCDEFGHKLMNOPQRTUVWXYZ", 0.28)


def width(text: str) -> float:
    """Return the text's width in characters: a 汉字 is 1, a figure ½, a letter as in FandolFang."""
    return len(text) - sum(_SAVED[c] for c in _ASCII.findall(text))


def count_lines(text: str, capacity: float, first: float | None = None) -> int:
    """Return how many lines of `capacity` characters the text fills (`first`: the first line's).

    A line ends where no word, figure or bracket is torn and no closing mark begins the next; a word
    longer than a line is torn. An empty text is one line.
    """
    ends = _ends(text)
    lines, start, room = 1, 0.0, capacity if first is None else first
    while ends[-1] - start > room:
        last = ends[bisect_right(ends, start + room) - 1]
        start = last if last > start else start + max(1, int(room))
        lines, room = lines + 1, capacity
    return lines


@lru_cache(maxsize=512)
def _ends(text: str) -> tuple[float, ...]:
    """Return how far from its beginning the text may be broken, 0 first, its whole width last."""
    widths = (1.0 if len(word) == 1 and word > "~" else width(word) for word in _TOKEN.findall(text))
    return tuple(accumulate(widths, initial=0.0))
