"""Write out the numbers that Word puts before the paragraphs of its lists."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from string import ascii_lowercase, ascii_uppercase

from .wordfile import Element, W, WordFile

UNKNOWN = "\ufffd"
"""Stands for a number of a kind that is not known here, and is never the same as any text."""

DEEPEST = 15
"""How many styles may be based on each other; programs allow fewer, and a ring of them ends here."""

_LEVEL = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _chinese(number: int) -> str:
    """Return 1 to 99 as 一 to 九十九."""
    if not 0 < number < 100:
        return UNKNOWN
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(number))


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else UNKNOWN


_WRITTEN: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    **dict.fromkeys(("none", "bullet"), lambda number: ""),
    "decimalFullWidth": _full_width,
    "decimalZero": lambda number: f"{number:02d}",
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _one_of(_CIRCLED)),
    "lowerLetter": _one_of(ascii_lowercase),
    "upperLetter": _one_of(ascii_uppercase),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"),
        _chinese,
    ),
}
"""How ST_NumberFormat (ISO/IEC 29500-1, 17.18.59) writes a number."""


@dataclass(frozen=True)
class _Level:
    format: str
    text: str
    start: int


class Lists:
    """The lists of one file, counted as its paragraphs come, from first to last."""

    def __init__(self, word: WordFile) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}  # by the id of an abstract list
        self._instances: dict[str, Element] = {}
        self._counts: dict[str, Counter[int]] = {}
        self._styles: dict[str, Element] = {}
        if word.styles is not None:
            self._styles = {style.get(f"{W}styleId"): style for style in word.styles.iter(f"{W}style")}
        for one in () if word.numbering is None else word.numbering:
            if one.tag == f"{W}abstractNum":
                self._levels[one.get(f"{W}abstractNumId")] = _levels(one)
            elif one.tag == f"{W}num":
                self._instances[one.get(f"{W}numId")] = one

    def number(self, paragraph: Element) -> str:
        """Return what stands before a paragraph, and count it; '' where it is in no list."""
        name, depth = self._place(paragraph)
        if name in ("", "0"):
            return ""
        if name not in self._instances:
            return UNKNOWN
        instance = self._instances[name]
        abstract = value_of(instance, "abstractNumId")
        own = instance.find(f"{W}lvlOverride") is not None
        levels = _overridden(self._levels.get(abstract, {}), instance)
        if depth not in levels:
            return UNKNOWN
        counts = self._counts.setdefault(f"own {name}" if own else abstract, Counter())
        counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return _LEVEL.sub(lambda found: _written(levels, counts, int(found[1]) - 1), levels[depth].text)

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Return a paragraph's list and its depth there, its own or those of its style."""
        name = depth = ""
        for properties in self._properties(paragraph):
            given = properties.find(f"{W}numPr")
            name, depth = name or value_of(given, "numId"), depth or value_of(given, "ilvl")
        return name, int(depth) if depth.isdecimal() else 0

    def _properties(self, paragraph: Element) -> Iterator[Element]:
        """Yield the properties of a paragraph and of its styles, the nearest first."""
        own = paragraph.find(f"{W}pPr")
        if own is None:
            return
        yield own
        style = value_of(own, "pStyle")
        for _ in range(DEEPEST):
            if style not in self._styles:
                break
            if (properties := self._styles[style].find(f"{W}pPr")) is not None:
                yield properties
            style = value_of(self._styles[style], "basedOn")


def _written(levels: Mapping[int, _Level], counts: Counter[int], depth: int) -> str:
    if depth not in levels or levels[depth].format not in _WRITTEN:
        return UNKNOWN
    return _WRITTEN[levels[depth].format](counts.get(depth, levels[depth].start))


def _levels(owner: Element) -> dict[int, _Level]:
    return {
        int(level.get(f"{W}ilvl")): _Level(
            value_of(level, "numFmt") or "decimal",
            value_of(level, "lvlText"),
            int(value_of(level, "start") or 0),
        )
        for level in owner.iterchildren(f"{W}lvl")
    }


def _overridden(levels: Mapping[int, _Level], instance: Element) -> dict[int, _Level]:
    found = dict(levels)
    for one in instance.iterchildren(f"{W}lvlOverride"):
        depth, start = int(one.get(f"{W}ilvl")), value_of(one, "startOverride")
        found |= _levels(one)
        if start and depth in found:
            found[depth] = replace(found[depth], start=int(start))
    return found


def value_of(owner: Element | None, name: str) -> str:
    """Return the value of a property, '' where there is none."""
    child = None if owner is None else owner.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val") or ""
