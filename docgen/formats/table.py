"""Say where each 文种 goes, and which forms it may have (条例 art. 8; GB/T 9704-2012, 7.2, 10.1)."""

from ..sheet import Content

FILE, LETTER, UPWARD = "file", "letter", "upward"
FORMS = (FILE, LETTER, UPWARD)

DIRECTIONS = {
    "决议": "open", "决定": "down", "命令": "open", "公报": "open", "公告": "open", "通告": "open",
    "意见": "any", "通知": "down", "通报": "down", "报告": "up", "请示": "up", "批复": "down",
    "议案": "open", "函": "across", "纪要": "open",
}  # fmt: skip
"""Where a document of the type goes: up, down, across to a body of the same rank, any of these, or none."""

_FORMS = {
    "open": (FILE,),
    "down": (FILE, LETTER),
    "across": (LETTER, FILE),
    "up": (UPWARD,),
    "any": (FILE, UPWARD, LETTER),
}
"""The forms of a direction, the usual one first; whoever writes upwards names who signed (7.2.6)."""


def forms_of(type_: str) -> tuple[str, ...]:
    """Return the forms that a 文种 may have, the usual one first."""
    return _FORMS[DIRECTIONS[type_]]


def form_of(content: Content) -> str:
    """Return the form that a content has on paper."""
    return content.form or forms_of(content.type)[0]
