"""Read what changed about whom a document's stage asks."""

from collections.abc import Mapping
from typing import Any

from states.turns import Turn


def turns_of(document: Mapping[str, Any]) -> tuple[Turn, ...]:
    """Return what changed at the present stage in this round."""
    here = (document["state"], document["round"])
    return tuple(
        Turn(one["kind"], one["by"], one["to"])
        for one in document["turns"] or ()
        if (one["stage"], one["round"]) == here
    )
