"""Say of each 文种 where it goes, how it may look on paper, and what is usual for it.

Sources: 条例 art. 8, 9, 15 and 22; GB/T 9704-2012, 7.2, 10.1 to 10.3; what offices practise.
"""

from dataclasses import dataclass

from ..sheet import Content

FILE, LETTER, UPWARD, MINUTES, ORDER = "file", "letter", "upward", "minutes", "order"
FORMS = (FILE, LETTER, UPWARD, MINUTES, ORDER)

_OPEN, _DOWN, _ACROSS, _UP, _ANY = (FILE,), (FILE, LETTER), (LETTER, FILE), (UPWARD,), (FILE, UPWARD, LETTER)


@dataclass(frozen=True)
class Kind:
    """One 文种.

    `direction` is where it goes: up, down, across to a body of the same rank, any of these, or open to all.
    `forms` are those that it may have, the usual one first. `seal` is None where the agency's own usage
    counts. `principal`: the head of the office signs it, nobody else (art. 22). `contact`: its 附注 says
    whom to ask. `marks` are what its masthead ends with instead of 文件: that with which the title ends,
    else the last one.
    """

    direction: str
    forms: tuple[str, ...]
    seal: bool | None = None
    addressees: bool = True
    principal: bool = False
    contact: bool = False
    marks: tuple[str, ...] = ()


TABLE = {
    "决议": Kind("open", _OPEN, addressees=False),
    "决定": Kind("down", _DOWN, addressees=False),
    "命令": Kind("open", (ORDER,), addressees=False, principal=True, marks=("命令", "令")),
    "公报": Kind("open", _OPEN, addressees=False),
    "公告": Kind("open", _OPEN, addressees=False),
    "通告": Kind("open", _OPEN, addressees=False),
    "意见": Kind("any", _ANY, contact=True),
    "通知": Kind("down", _DOWN),
    "通报": Kind("down", _DOWN),
    "报告": Kind("up", _UP, principal=True, contact=True),
    "请示": Kind("up", _UP, principal=True, contact=True),
    "批复": Kind("down", _DOWN),
    "议案": Kind("open", _OPEN, principal=True),
    "函": Kind("across", _ACROSS),
    "纪要": Kind("open", (MINUTES, FILE), seal=False, addressees=False, marks=("纪要",)),
}
"""Every 文种 by its name."""


def forms_of(type_: str) -> tuple[str, ...]:
    """Return the forms that a 文种 may have, the usual one first."""
    return TABLE[type_].forms


def form_of(content: Content) -> str:
    """Return the form that a content has on paper."""
    return content.form or forms_of(content.type)[0]


def is_stamped(content: Content) -> bool:
    """Tell whether it ends with a leader's post and name chop (7.3.5.3): an order always does."""
    return bool(content.stamp) or form_of(content) == ORDER


def masthead_of(content: Content, name: str) -> str:
    """Return an agency's name with what the masthead of the type ends with instead of 文件."""
    marks = TABLE[content.type].marks
    mark = next((mark for mark in marks if content.title.endswith(mark)), marks[-1])
    bare = name.removesuffix("文件") or name
    return bare if bare.endswith(mark) else f"{bare}{mark}"
