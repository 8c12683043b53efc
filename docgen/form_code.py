"""Tell by a code (校验码) from which text an 申报表 was printed, and whether it has changed since."""

import re
from dataclasses import replace

from .application import ApplicationContent

_LENGTH, _GROUP = 12, 4
_IN_NAME = re.compile(r"(?<![0-9A-Z])([0-9A-F]{4})-([0-9A-F]{4})-([0-9A-F]{4})(?![0-9A-Z])")
_TYPED = re.compile(r"[0-9A-F]{12}")


def code_of(content: ApplicationContent) -> str:
    """Return the code of a text, such as 1A2B-3C4D-5E6F: all but the sealed form itself."""
    return _grouped(replace(content, signed_form=None).sha256()[:_LENGTH].upper())


def read_code(typed: str) -> str | None:
    """Return a code as somebody typed it from the paper's foot, None where it is none."""
    plain = re.sub(r"[\s—–-]", "", typed).upper()
    return _grouped(plain) if _TYPED.fullmatch(plain) else None


def code_in(name: str) -> str | None:
    """Return the code that the name of a sealed form bears, None where it bears none."""
    found = _IN_NAME.search(name)
    return "-".join(found.groups()) if found else None


def _grouped(plain: str) -> str:
    return "-".join(plain[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))
