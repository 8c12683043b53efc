"""Find text in a Word file that is not printed, or not as it is written."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from .errors import Problem
from .wordfile import WHERE, Element, W, WordFile, beginning
from .wordlists import DEEPEST, value_of

_HIDDEN = Problem(WHERE, "It holds hidden text: %(words)s")
_STRUCK = Problem(WHERE, "It holds text that is struck through: %(words)s")
_CAPITALS = Problem(WHERE, "It holds small letters that are printed as capitals: %(words)s")
_TOGGLES = {
    **dict.fromkeys(("vanish", "webHidden", "specVanish"), _HIDDEN),
    **dict.fromkeys(("strike", "dstrike"), _STRUCK),
    **dict.fromkeys(("caps", "smallCaps"), _CAPITALS),
}
_WHITE = Problem(WHERE, "It holds white text, which nobody can read: %(words)s")
_TINY = Problem(WHERE, "It holds text too small to be read: %(words)s")
_MARKED = Problem(WHERE, "It holds text marked with a colour: %(words)s")
_SMALLEST = 10  # half points
_OFF = ("0", "false", "off", "none")


def veiled(word: WordFile) -> Iterator[Problem]:
    """Yield text that is not printed, or not as it is written."""
    veils = _Veils(word.styles)
    found: dict[str, tuple[Problem, list[str]]] = {}
    for part in word.printed:
        for run in part.iter(f"{W}r"):
            words = "".join(text.text or "" for text in run.iterchildren(f"{W}t")).strip()
            for problem in veils.over(run) if words else ():
                found.setdefault(problem.message, (problem, []))[1].append(words)
    for problem, all_words in found.values():
        yield replace(problem, params={"words": beginning(all_words)})


class _Veils:
    """Find what hides a run: its own properties, or those of its styles."""

    def __init__(self, styles: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._defaults: list[Element] = []
        self._ordinary = ""
        if styles is not None:
            self._styles = {style.get(f"{W}styleId"): style for style in styles.iterchildren(f"{W}style")}
            self._defaults = list(styles.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
            for name, style in self._styles.items():
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                    self._ordinary = name
        self._of_styles = cache(self._look_up)

    def over(self, run: Element) -> Iterator[Problem]:
        """Yield what hides or changes a run's words."""
        properties = run.find(f"{W}rPr")
        paragraph = next(run.iterancestors(f"{W}p"), None)
        own = None if paragraph is None else paragraph.find(f"{W}pPr")
        inherited = self._of_styles(value_of(own, "pStyle") or self._ordinary, value_of(properties, "rStyle"))
        yield from _veiling(inherited | _read(properties))

    def _look_up(self, paragraph: str, run: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for properties in self._defaults:
            found |= _read(properties)
        for name in (paragraph, run):
            for style in reversed(self._chain(name)):
                found |= _read(style.find(f"{W}rPr"))
        return found

    def _chain(self, name: str) -> list[Element]:
        chain: list[Element] = []
        while name in self._styles and len(chain) < DEEPEST:
            chain.append(self._styles[name])
            name = value_of(self._styles[name], "basedOn")
        return chain


def _read(properties: Element | None) -> dict[str, str]:
    """Return the properties of a run that may hide it; a toggle without a value is on."""
    found = {}
    for child in properties if properties is not None else ():
        name = str(child.tag).removeprefix(W)
        if name in _TOGGLES or name in ("color", "sz", "highlight"):
            found[name] = child.get(f"{W}val") or ("1" if name in _TOGGLES else "")
    return found


def _veiling(properties: dict[str, str]) -> Iterator[Problem]:
    for name, problem in _TOGGLES.items():
        if properties.get(name, "0") not in _OFF:
            yield problem
    if re.fullmatch(r"[eEfF][0-9a-fA-F]" * 3, properties.get("color", "")):
        yield _WHITE
    size = properties.get("sz", "")
    if size.isdecimal() and int(size) < _SMALLEST:
        yield _TINY
    if properties.get("highlight", "none") not in _OFF:
        yield _MARKED
