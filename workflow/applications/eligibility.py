"""Name the rules by which a category of a campaign says who may apply (申报条件)."""

from collections.abc import Mapping

# What a rule is called, and the parameters that it takes; a category keeps {"rule": name, parameter: value}.
# level: own, provincial or national; category: its code; years, number: whole; natures: a list of them.
RULES: Mapping[str, tuple[str, ...]] = {
    "holds_title": ("level", "category", "years"),
    "independent_legal_person": (),
    "staff_at_least": ("number",),
    "unit_nature_in": ("natures",),
    "not_barred": (),
}
