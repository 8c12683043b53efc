"""Foresee how texts break into lines, from the widths that all office fonts share."""

import re

_TOKEN = re.compile(
    r"[“‘（《〈〔【「『(\[{]*"  # may not end a line
    r"(?:[!-'*-Z\\^-z|~\u00a0-\u00ff]+[\u3400-\u9fff%％℃]?|.)"  # a word or figure with its unit
    r"[”’）》〉〕】」』、。，．：；！？…)\],.:;!?％]*"  # may not start one
)
_HALF = re.compile("[ -\u00ff]")


def width(text: str) -> float:
    """Return the text's width in characters: a 汉字 is 1, a letter or digit ½."""
    return len(text) - len(_HALF.findall(text)) / 2


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
