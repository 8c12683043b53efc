"""Clean a text at the boundary; nothing else in the system does."""

import re
import unicodedata

from .errors import Problem, TextError

LONGEST_COMBINING_RUN = 4
HOPELESS = 4  # times its limit: what cleaning takes away does not bring so long a text below it

_PLAIN = re.compile(
    "[\n\x20-\x7e\u00b7\u2010-\u2027\u2030-\u205e\u2160-\u217b\u2460-\u249b"
    "\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uff01-\uff65]*"
)
_SECRECY_MARK = re.compile(r"(绝密|机密|秘密)\s*★")
_NEWLINES = re.compile("\r\n|[\r\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_VARIANTS = frozenset(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_UNSEEN = _VARIANTS | frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Characters that print nothing, though their category is one of marks or letters."""

_DIRECTION = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def clean_text(value: str, *, where: str, limit: int, lines: bool = False) -> str:
    """Return the text as it is stored: NFC, LF only, no invisible characters, no blanks around a line.

    Blanks that print as one become a space; those of a character's width stay. `limit` counts characters
    of the result. `lines` allows more than one line. What cannot be printed or would mislead a reader is
    refused, never silently removed.

    Raises TextError with every problem found.
    """
    if len(value) > HOPELESS * limit:
        raise TextError([_too_long(where, len(value), limit)])
    text = _NEWLINES.sub("\n", value)
    if lines:
        text = text.replace("\t", "  ")
    problems: list[Problem] = []
    if not _PLAIN.fullmatch(text):
        visible = "".join(c for c in text if not _is_invisible(c))
        text = unicodedata.normalize("NFC", _BLANKS.sub(" ", visible))
        problems += [
            Problem(where, "The character %(code)s cannot be printed; delete it.", {"code": code})
            for code in sorted({f"U+{ord(c):04X}" for c in text if _is_refused(c)})
        ]
        if _longest_combining_run(text) > LONGEST_COMBINING_RUN:
            problems.append(
                Problem(
                    where,
                    "More than %(most)s combining marks stand on one letter.",
                    {"most": str(LONGEST_COMBINING_RUN)},
                )
            )
    text = "\n".join(line.strip() for line in text.strip().split("\n"))
    if "\n" in text and not lines:
        problems.append(Problem(where, "This must be a single line."))
    if len(text) > limit:
        problems.append(_too_long(where, len(text), limit))
    if problems:
        raise TextError(problems)
    return text


def salvage(value: str, limit: int) -> str:
    """Return what can be stored of a text that nobody typed here, taken out of a file: cut, never refused.

    Lines with nothing in them are left out.
    """
    lined = _NEWLINES.sub("\n", value[: HOPELESS * limit].replace("\f", "\n"))
    text = unicodedata.normalize("NFC", lined.replace("\t", " "))
    text = _SPACES.sub(" ", "".join(c for c in text if not (_is_invisible(c) or _is_refused(c))))
    if _longest_combining_run(text) > LONGEST_COMBINING_RUN:
        text = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Me"))
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)[:limit].rstrip()


def has_secrecy_mark(text: str) -> bool:
    """Say whether a text is marked as a state secret (密级 with ★); the words alone are nothing to refuse."""
    return _SECRECY_MARK.search(text) is not None


def _too_long(where: str, length: int, limit: int) -> Problem:
    params = {"length": str(length), "limit": str(limit)}
    return Problem(where, "%(length)s characters are too many; the limit is %(limit)s.", params)


def _is_invisible(c: str) -> bool:
    return c in _UNSEEN or (c not in _DIRECTION and unicodedata.category(c) == "Cf")


def _is_refused(c: str) -> bool:
    if c == "\n":
        return False
    point = ord(c)
    not_a_character = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    return not_a_character or c in _DIRECTION or unicodedata.category(c) in ("Cc", "Cs")


def _longest_combining_run(text: str) -> int:
    longest = run = 0
    for c in text:
        run = run + 1 if unicodedata.category(c) in ("Mn", "Me") else 0
        longest = max(longest, run)
    return longest
