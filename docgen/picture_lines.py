"""Read the lines of a text that stand for pictures: ![caption](file name)."""

import re
from dataclasses import dataclass

_MARKS = ("!", "！")
_LINES = (
    re.compile(r"!\[(.*?)\]\((.+)\)"),
    re.compile(r"[!！][\[［【](.*?)[\]］】][(（](.+\.(?:png|jpe?g))[)）]", re.IGNORECASE),
)
"""As it is written, and as it comes out of a Chinese keyboard."""


@dataclass(frozen=True)
class PictureLine:
    """The caption, and the name of the picture's file."""

    caption: str
    name: str


def read_picture(line: str) -> PictureLine | None:
    """Read a line; None where it stands for no picture."""
    if line[:1] not in _MARKS:
        return None
    found = next(filter(None, (pattern.fullmatch(line) for pattern in _LINES)), None)
    return PictureLine(found[1].strip(), found[2].strip()) if found else None


def picture_line(caption: str, name: str) -> str:
    """Return the line that stands for a picture."""
    return f"![{caption}]({name})"


def in_words(text: str, words: str = "〔图片：%(caption)s%(name)s〕") -> str:
    """Return a text with words in the place of each line that stands for a picture."""
    if not any(mark in text for mark in _MARKS):
        return text
    lines = ((line, read_picture(line.strip())) for line in text.split("\n"))
    return "\n".join(
        words % {"caption": f"{one.caption} " if one.caption else "", "name": one.name} if one else line
        for line, one in lines
    )


def captions_only(text: str) -> str:
    """Return a text with the caption alone in the place of each line that stands for a picture."""
    return in_words(text, "%(caption)s")
