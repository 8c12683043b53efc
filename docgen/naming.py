"""Say what a file that came from outside is called here."""

import re
import unicodedata
from collections.abc import Container

from .errors import TextError
from .files import EXTENSIONS
from .reading import LIMITS
from .text import clean_text

UNNAMED = "文件"

_NOT_IN_NAMES = re.compile(r'[<>:"|?*]+')


def clean_name(name: str, where: str) -> str:
    """Return a file's name without its path and without what no file system or reader takes."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in last[:1000])
    plain = " ".join(_NOT_IN_NAMES.sub(" ", kept).split()).strip(". ")
    try:
        return clean_text(plain, where=where, limit=len(plain) + 1) or UNNAMED
    except TextError:  # marks heaped on one letter
        return UNNAMED


def with_extension(name: str, kind: str, room: int = 0) -> str:
    """Return a name that ends as its kind does, and is shorter by `room` than a name may be."""
    stem, dot, extension = name.rpartition(".")
    if not dot or extension.lower() not in EXTENSIONS[kind]:
        stem, extension = name, EXTENSIONS[kind][0]
    return f"{stem[: LIMITS['name'] - len(extension) - 1 - room].rstrip('. ')}.{extension}"


def told_apart(name: str, kind: str, others: Container[str]) -> str:
    """Return a name that ends as its kind does and that no other has: 图.png, 图-2.png, …"""
    whole, number = with_extension(name, kind), 1
    stem, _, extension = with_extension(name, kind, room=4).rpartition(".")
    while whole in others:
        number += 1
        whole = f"{stem}-{number}.{extension}"
    return whole
