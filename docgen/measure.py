"""Foresee how texts break into lines, from the widths that all office fonts share."""

import re

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
    """Return how many lines of `capacity` characters the text fills (`first`: the first line's)."""
    return len(break_lines(text, capacity, first))


def break_lines(text: str, capacity: float, first: float | None = None) -> list[str]:
    """Return the lines of `capacity` characters that the text fills; an empty text is one line."""
    room = capacity if first is None else first
    lines: list[str] = []
    start = at = 0
    used = 0.0
    for token in _TOKEN.findall(text):
        for piece in [token] if width(token) <= capacity else token:
            if used and used + width(piece.rstrip()) > room:
                lines.append(text[start:at])
                start, used, room = at, 0.0, capacity
            used += width(piece)
            at += len(piece)
    lines.append(text[start:])
    return lines
