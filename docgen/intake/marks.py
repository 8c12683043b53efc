"""Write marks in full width where they stand among Chinese words (GB/T 15834)."""

import re

from .signs import HAN

_WIDE = rf"{HAN}）》〉”’〕】」％"
_FULL = str.maketrans(",;:!?", "，；：！？")
_AFTER_WORDS = re.compile(rf"(?<=[{_WIDE}])[,;:!?](?!//)")
_FULL_STOP = re.compile(
    rf"(?<=[{_WIDE}])(?<!^[一二三四五六七八九十])(?<!^十[一二三四五六七八九])\.(?=[{HAN}《“（]|$)"
)
_NUMBER_IN_BRACKETS = re.compile(r"^\(([一二三四五六七八九十]{1,3}|\d{1,2})\)")
_BRACKETS = re.compile(rf"\(([^()（）]*[{HAN}][^()（）]*)\)")
_QUOTES = re.compile(rf'"([^"“”]*[{HAN}][^"“”]*)"')


def in_full_width(text: str) -> tuple[str, int]:
    """Return a line of text with its marks in full width, and how many were changed."""
    mended, number = _NUMBER_IN_BRACKETS.subn(r"（\1）", text)
    mended, brackets = _BRACKETS.subn(r"（\1）", mended)
    mended, quotes = _QUOTES.subn(r"“\1”", mended)
    mended, marks = _AFTER_WORDS.subn(lambda one: one[0].translate(_FULL), mended)
    mended, stops = _FULL_STOP.subn("。", mended)
    return mended, 2 * (number + brackets + quotes) + marks + stops
