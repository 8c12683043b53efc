"""Tell which characters no font of the rendering has."""

import os
import re
import subprocess
from functools import lru_cache

from .pdf import font_environment

_RANGE = re.compile(r"([0-9a-f]+)(?:-([0-9a-f]+))?")


def missing_characters(text: str) -> list[str]:
    """Return the characters of the text that would come out as empty boxes, each once, in order.

    Without fontconfig's fc-list nothing is known and nothing is reported.
    """
    covered = _covered(font_environment().get("FONTCONFIG_FILE", ""))
    if not covered:
        return []
    return [c for c in dict.fromkeys(text) if c.isprintable() and not c.isspace() and ord(c) not in covered]


@lru_cache(maxsize=2)
def _covered(config: str) -> frozenset[int]:
    environment = {"PATH": os.environ.get("PATH", os.defpath)} | (
        {"FONTCONFIG_FILE": config} if config else {}
    )
    try:
        listed = subprocess.run(
            ["fc-list", "--format", "%{charset}\n", ":"],  # noqa: S607
            env=environment,
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(
        point
        for first, last in _RANGE.findall(listed)
        for point in range(int(first, 16), int(last or first, 16) + 1)
    )
