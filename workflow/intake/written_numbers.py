"""Read a 发文字号 as people wrote it: in old brackets, with 第, without 号, in a file's name."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from ..numbering import format_number

_OPEN, _CLOSE = r"[\[【(〔{〖<〈]", r"[\]】)〕}〗>〉]"
_YEAR = rf"{_OPEN}?\s*(?P<year>(?:19|20)\d\d)"
_PARTED = rf"\s*(?:{_CLOSE}\s*[-—]?|年|[-—–_/.,、·]|(?=第)|(?<=\d)\s)\s*"  # what parts year and serial
_SERIAL = r"(?:第\s*)?0*(?P<serial>[1-9]\d{0,5})(?!\d)"
_NUMBER = f"{_YEAR}{_PARTED}{_SERIAL}"
_IN_FULL = rf"\s*{_OPEN}\s*(?P<year>(?:19|20)\d\d)\s*{_CLOSE}\s*{_SERIAL}\s*号"
_IN_OLD_FULL = r"\s*(?P<year>(?:19|20)\d\d)\s*年\s*第\s*0*(?P<serial>[1-9]\d{0,5})\s*号"

_WHOLE = re.compile(rf"(?P<code>[^\d]*?)\s*{_NUMBER}\s*号?")
_CODE = re.compile(r"[\u3400-\u9fff〇]*")
_NO_CODE = re.compile(rf"(?<!\d){_NUMBER}(?!\s*[-—–./]\s*\d)(?![月日年])")  # and no date
_EXTENSION = re.compile(r"\.[A-Za-z]\w{0,4}$", re.ASCII)
_OLD_OPEN, _OLD_CLOSE = "[【({〖<〈［（｛﹝", "]】)}〗>〉］）｝﹞"
_BRACKETS = str.maketrans({**dict.fromkeys(_OLD_OPEN, "〔"), **dict.fromkeys(_OLD_CLOSE, "〕")})


@dataclass(frozen=True)
class Written:
    """A number that was read; the code is '' where none was written."""

    agency_code: str
    year: int
    serial: int

    @property
    def normal(self) -> str:
        """Return the number in the form that the standard wants."""
        return format_number(self.agency_code, self.year, self.serial)


def read_number(text: str) -> Written | None:
    """Read a text that is a number and nothing else; None where it is none."""
    found = _WHOLE.fullmatch(_plain(text))
    if found is None:
        return None
    code = "".join(found["code"].split())
    return _written(code, found) if _CODE.fullmatch(code) else None


def numbers_in_name(name: str, codes: Collection[str]) -> list[Written]:
    """Return the numbers in a file's name: those that follow one of the codes.

    Where there are none, every year and serial that stand together and are no date; their code is the
    one that stands elsewhere in the name, or ''.
    """
    plain = _plain(_EXTENSION.sub("", name.rpartition("/")[2]))
    if codes:
        form = re.compile(rf"(?P<code>{_any_of(codes)})\s*{_NUMBER}(?![月日年])")
        if found := [_written(_code(match), match) for match in form.finditer(plain)]:
            return list(dict.fromkeys(found))
    elsewhere = next((code for code in _longest_first(codes) if code in plain), "")
    return list(dict.fromkeys(_written(elsewhere, match) for match in _NO_CODE.finditer(plain)))


def numbers_in_text(text: str, codes: Collection[str]) -> list[Written]:
    """Return the numbers of these codes in a text, those written in full, in their order."""
    if not codes:
        return []
    plain, code = _plain(text), f"(?P<code>{_any_of(codes)})"
    found = [
        (match.start(), _written(_code(match), match))
        for form in (_IN_FULL, _IN_OLD_FULL)
        for match in re.finditer(code + form, plain)
    ]
    return list(dict.fromkeys(written for _, written in sorted(found, key=lambda one: one[0])))


def in_present_brackets(text: str) -> str:
    """Return a text with every kind of bracket as the one that numbers have now."""
    return text.translate(_BRACKETS)


def _plain(text: str) -> str:
    """Return full-width forms as the usual ones, and runs of spaces as one."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _any_of(codes: Collection[str]) -> str:
    return "|".join(r"\s*".join(map(re.escape, code)) for code in _longest_first(codes))


def _longest_first(codes: Collection[str]) -> list[str]:
    return sorted(codes, key=lambda code: (-len(code), code))


def _code(match: re.Match[str]) -> str:
    return "".join(match["code"].split())


def _written(code: str, match: re.Match[str]) -> Written:
    return Written(code, int(match["year"]), int(match["serial"]))
