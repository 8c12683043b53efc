"""Read the rules of who may apply (申报条件): known names, each with its parameters."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..applications.eligibility import RULES
from ..models import Applicant, Category
from ..office.fields import Fields
from .first_lists import first_lists
from .reading import LEVELS, one_of

MOST = 100_000
MOST_YEARS = 20


def read_rules(session: Session, given: Sequence[Mapping[str, Any]], fields: Fields) -> list[dict[str, Any]]:
    """Return rules as a category keeps them; what is wrong goes to `fields`, as `rule.parameter`."""
    found = []
    for one in given:
        name = str(one.get("rule") or "")
        if name not in RULES:
            fields.refuse("eligibility", "There is no rule %(name)s of who may apply.", name=name[:40])
            continue
        of_rule = Fields({f"{name}.{key}": value for key, value in one.items()})
        values = {part: _parameter(session, of_rule, name, part) for part in RULES[name]}
        fields.problems += of_rule.problems
        found.append({"rule": name, **values})
    if len({one["rule"] for one in found}) < len(found):
        fields.refuse("eligibility", "Each rule of who may apply stands once.")
    return found


def _parameter(session: Session, fields: Fields, rule: str, part: str) -> Any:
    where = f"{rule}.{part}"
    if part == "level":
        return one_of(fields, where, LEVELS)
    if part == "category":
        return one_of(fields, where, list(session.scalars(select(Category.code))))
    if part == "natures":
        chosen = fields.words(where, tuple(natures(session)))
        if not chosen:
            fields.refuse(where, "This must not be empty.")
        return chosen
    return fields.whole(where, 1, MOST_YEARS if part == "years" else MOST)


def natures(session: Session) -> list[str]:
    """Return the natures that units have: those of the first lists, then others in use."""
    known = list(first_lists()["natures"])
    used = session.scalars(select(Applicant.nature).distinct().order_by(Applicant.nature))
    return [*known, *(nature for nature in used if nature not in known)]
