"""Wash text that was pasted: breaks and bullets of programs, figures in full width, tabs after numbers."""

import re
from dataclasses import replace

from ..errors import Problem
from .result import WHERE, Gathered

_BREAKS = re.compile("\r\n|[\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_BULLETS = re.compile(
    "^([ \t\u3000\u00a0]*)(?:[•●■◆▪◦‣⁃➢➤❖✓\uf000-\uf0ff][ \t\u3000\u00a0]*|[-*·–][ \t\u3000\u00a0]+)"
)
_FIGURES = re.compile("[０-９]+(?:[．.][０-９]+)*(?:．(?=[^０-９]|$))?")
_HALF = {ord("０") + figure: ord("0") + figure for figure in range(10)} | {ord("．"): ord(".")}
_NUMBER = r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]"
_TAB_AFTER_NUMBER = re.compile(rf"^(\s*(?:{_NUMBER}))[ \u3000]*\t\s*")

_BULLETS_GONE = Problem(WHERE, "%(count)s bullets were taken away; number the items if they need it.")
_FIGURES_HALVED = Problem(WHERE, "%(count)s figures in full width were written in half width.")


def washed(text: str, found: Gathered) -> list[str]:
    """Return the lines of a text as one would type them; what was a bullet's begins with two blanks.

    Reports how many bullets and figures were changed.
    """
    lines: list[str] = []
    bullets = figures = 0
    for line in _BREAKS.sub("\n", text).split("\n"):
        plain, taken = _BULLETS.subn("\u3000\u3000", line)
        plain, halved = _FIGURES.subn(lambda one: one[0].translate(_HALF), plain)
        bullets, figures = bullets + taken, figures + halved
        lines.append(_TAB_AFTER_NUMBER.sub(r"\1", plain))
    for problem, count in ((_BULLETS_GONE, bullets), (_FIGURES_HALVED, figures)):
        if count:
            found.reports.append(replace(problem, params={"count": str(count)}))
    return lines
