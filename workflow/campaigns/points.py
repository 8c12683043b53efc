"""Read and write points: whole hundredths inside, `1.5` for people."""

import re

_POINTS = re.compile(r"(\d{1,4})(?:\.(\d{1,2}))?")


def read_points(text: str) -> int | None:
    """Return hundredths of what somebody wrote, None where it is no number with at most two decimals."""
    found = _POINTS.fullmatch(text.strip())
    if found is None:
        return None
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def write_points(hundredths: int | None) -> str:
    """Return points as people write them: 150 is 1.5."""
    if hundredths is None:
        return ""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)
