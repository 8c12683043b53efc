"""Tell which characters the office's fonts lack, and which no font of the rendering has."""

import os
import re
import subprocess
import unicodedata
from functools import lru_cache

from .blanks import BLANK, STAND_IN
from .pdf import font_environment

_IN_OFFICE_FONTS = frozenset("·—〇–‐•")
"""Characters that GB 2312 has under another code, or that the fonts have beyond it."""

_RANGE = re.compile(r"([0-9a-f]+)(?:-([0-9a-f]+))?")


def rare_characters(text: str) -> list[str]:
    """Return the characters that fonts of GB 2312 (仿宋_GB2312, 楷体_GB2312 and the like) lack, each once."""
    return [c for c in dict.fromkeys(text) if not (c.isspace() or c in _IN_OFFICE_FONTS or _is_gb2312(c))]


def _is_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def missing_characters(text: str) -> list[str]:
    """Return the characters of the text that would come out as empty boxes, each once, in order.

    Those of private use count: what they look like depends on the machine. Without fontconfig's fc-list
    nothing is known and nothing is reported.
    """
    covered = _covered(font_environment().get("FONTCONFIG_FILE", ""))
    if not covered:
        return []
    return [
        c
        for c in dict.fromkeys(text)
        if unicodedata.category(c) == "Co" or (c.isprintable() and not c.isspace() and ord(c) not in covered)
    ]


@lru_cache(maxsize=2)
def _covered(config: str) -> frozenset[int]:
    environment = {"PATH": os.environ.get("PATH", os.defpath)} | (
        {"FONTCONFIG_FILE": config} if config else {}
    )
    try:
        listed = subprocess.run(
            ["fc-list", "--format", "%{family}\t%{charset}\n", ":"],  # noqa: S607
            env=environment,
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    points: set[int] = set()
    for family, _, charset in (line.partition("\t") for line in listed.splitlines()):
        found = {
            point
            for first, last in _RANGE.findall(charset)
            for point in range(int(first, 16), int(last or first, 16) + 1)
        }
        points |= found - set(map(ord, BLANK)) if family.startswith(STAND_IN) else found
    return frozenset(points)
