"""Check a unified social credit code (统一社会信用代码, GB 32100-2015)."""

from states.reasons import Reason

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, Z, S and V
LENGTH = 18
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))


def check_character(first: str) -> str:
    """Return the last character that belongs to the first 17 (GB 32100-2015, 4.5)."""
    total = sum(ALPHABET.index(one) * weight for one, weight in zip(first, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def clean_code(text: str) -> str:
    """Return a code as it is kept: capital letters, no spaces."""
    return "".join(text.split()).upper()


def faults(code: str) -> list[Reason]:
    """Return why something is no credit code, or nothing."""
    if len(code) != LENGTH:
        return [Reason("A credit code has 18 characters, not %(count)s", {"count": str(len(code))})]
    if wrong := [one for one in code if one not in ALPHABET]:
        known = {"signs": "、".join(dict.fromkeys(wrong))}
        return [Reason("%(signs)s does not occur in a credit code (nor do I, O, Z, S and V)", known)]
    if code[-1] != check_character(code[:-1]):
        return [Reason("The last character does not fit the others: the code was mistyped")]
    return []
