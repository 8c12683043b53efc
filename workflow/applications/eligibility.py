"""Check who may apply (申报条件): each rule of a category at once, with what it rests on.

A category keeps its rules as {"rule": name, parameter: value}; each is a function of this module.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.application import ApplicationContent
from states.reasons import Label, Reason

from .. import clock
from ..models import Applicant, Campaign, CampaignCategory, Category, Title
from ..rechecking.expected import RECHECK, title_of

# What a rule is called, and the parameters that it takes.
# level: own, provincial or national; category: its code; years, number: whole; natures: a list of them.
RULES: Mapping[str, tuple[str, ...]] = {
    "holds_title": ("level", "category", "years"),
    "independent_legal_person": (),
    "staff_at_least": ("number",),
    "unit_nature_in": ("natures",),
    "not_barred": (),
}

LEVELS = {
    "own": Label(zh="省直级", en="of this office"),
    "provincial": Label(zh="省级", en="provincial"),
    "national": Label(zh="全国", en="national"),
}
"""Of titles, the lowest first."""

SOLE_TRADER = "92"  # how the credit codes of 个体工商户 begin: they are no legal persons

_FINAL = ("not_barred", "is_rechecked")

Verdict = Literal["met", "unmet", "open"]


@dataclass(frozen=True)
class Checked:
    """What a rule says of a unit: open where it cannot be told yet, or the office has to look."""

    rule: str
    verdict: Verdict
    reason: Reason

    @property
    def final(self) -> bool:
        """Say whether it keeps a unit from applying, whatever that fills in."""
        return self.verdict == "unmet" and self.rule in _FINAL


@dataclass(frozen=True)
class Known:
    """What is known of a unit that would apply, from the office's list and what it filled in last."""

    applicant: Applicant | None
    titles: Sequence[Title]
    closes_on: date
    content: ApplicationContent | None
    categories: Mapping[str, str]  # names by code

    @property
    def credit_code(self) -> str:
        own = self.content.unit.credit_code if self.content else ""
        return own or (self.applicant and self.applicant.credit_code) or ""

    @property
    def nature(self) -> str:
        own = self.content.unit.nature if self.content else ""
        return own or (self.applicant.nature if self.applicant else "")


def check(
    session: Session,
    unit_id: int,
    campaign: Campaign,
    category: str,
    content: ApplicationContent | None = None,
) -> list[Checked]:
    """Return what each rule of a category says of a unit; `content` is what it has filled in.

    A recheck is for those who hold one of its titles.
    """
    rechecked = [_is_rechecked(session, unit_id, campaign, category)] if campaign.kind == RECHECK else []
    rules = session.scalars(
        select(CampaignCategory.eligibility).where(
            CampaignCategory.campaign_id == campaign.id, CampaignCategory.category == category
        )
    ).first()
    if not rules:
        return rechecked
    known = Known(
        session.get(Applicant, unit_id),
        session.scalars(select(Title).where(Title.unit_id == unit_id)).all(),
        clock.read(campaign.closes_at).date(),
        content,
        {row.code: row.name for row in session.execute(select(Category.code, Category.name))},
    )
    return [*rechecked, *(CHECKS[one["rule"]](known, one) for one in rules)]


def _is_rechecked(session: Session, unit_id: int, campaign: Campaign, category: str) -> Checked:
    if title_of(session, campaign, unit_id, category) is None:
        wanted = Reason("A recheck is for units that hold its title: yours holds none that is in force")
        return Checked("is_rechecked", "unmet", wanted)
    return Checked("is_rechecked", "met", Reason("Holds a title that is rechecked", {}))


def _holds_title(known: Known, rule: Mapping[str, Any]) -> Checked:
    wanted: dict[str, str | Label] = {
        "level": LEVELS[rule["level"]],
        "category": known.categories.get(rule["category"], rule["category"]),
        "years": str(rule["years"]),
    }
    enough = list(LEVELS)[list(LEVELS).index(rule["level"]) :]
    for title in known.titles:
        of_it = title.category == rule["category"] and title.level in enough
        if (
            of_it
            and title.state == "valid"
            and _years_on(title.since, rule["years"]) <= _years_on(known.closes_on, 0)
        ):
            held = {**wanted, "number": title.number}
            return Checked(
                "holds_title", "met", Reason("Holds the title %(category)s (%(level)s) by %(number)s", held)
            )
    if known.content and known.content.titles_held:
        named = Reason(
            "The title %(category)s (%(level)s, %(years)s years) is on no list here:"
            " the office looks at those that you name",
            wanted,
        )
        return Checked("holds_title", "open", named)
    lacking = Reason(
        "A title %(category)s (%(level)s) held for %(years)s years is wanted;"
        " if you hold one, name it in the form",
        wanted,
    )
    return Checked("holds_title", "unmet", lacking)


def _years_on(day: date, years: int) -> tuple[int, int, int]:
    return day.year + years, day.month, day.day


def _independent_legal_person(known: Known, rule: Mapping[str, Any]) -> Checked:
    name, code = "independent_legal_person", known.credit_code
    if not code:
        return Checked(
            name, "unmet", Reason("Only an independent legal person applies: give the credit code")
        )
    if code.startswith(SOLE_TRADER):
        return Checked(name, "unmet", Reason("A sole trader is no legal person"))
    return Checked(name, "met", Reason("Is a legal person: %(code)s", {"code": code}))


def _staff_at_least(known: Known, rule: Mapping[str, Any]) -> Checked:
    staff = known.content.unit.staff if known.content else None
    params: dict[str, str | Label] = {"number": str(rule["number"]), "staff": str(staff)}
    if staff is None:
        unknown = Reason(
            "A staff of at least %(number)s is wanted: it is checked once you have filled it in", params
        )
        return Checked("staff_at_least", "open", unknown)
    if staff < rule["number"]:
        fewer = Reason("A staff of at least %(number)s is wanted; yours has %(staff)s", params)
        return Checked("staff_at_least", "unmet", fewer)
    return Checked(
        "staff_at_least", "met", Reason("Has a staff of %(staff)s, at least %(number)s is wanted", params)
    )


def _unit_nature_in(known: Known, rule: Mapping[str, Any]) -> Checked:
    params: dict[str, str | Label] = {"natures": "、".join(rule["natures"]), "nature": known.nature}
    if not known.nature:
        unknown = Reason("Open to units of these natures: %(natures)s; yours is not known yet", params)
        return Checked("unit_nature_in", "open", unknown)
    if known.nature not in rule["natures"]:
        other = Reason("Open to units of these natures only: %(natures)s; yours is %(nature)s", params)
        return Checked("unit_nature_in", "unmet", other)
    return Checked("unit_nature_in", "met", Reason("Is of a nature that may apply: %(nature)s", params))


def _not_barred(known: Known, rule: Mapping[str, Any]) -> Checked:
    row = known.applicant
    if row is not None and row.ended_on is not None:
        return Checked(
            "not_barred", "unmet", Reason("The unit has ended on %(day)s", {"day": str(row.ended_on)})
        )
    if row is not None and row.barred_until is not None and row.barred_until >= clock.today():
        barred = Reason("The unit may not apply until %(day)s", {"day": str(row.barred_until)})
        return Checked("not_barred", "unmet", barred)
    return Checked("not_barred", "met", Reason("Is not barred from applying"))


CHECKS: Mapping[str, Callable[[Known, Mapping[str, Any]], Checked]] = {
    "holds_title": _holds_title,
    "independent_legal_person": _independent_legal_person,
    "staff_at_least": _staff_at_least,
    "unit_nature_in": _unit_nature_in,
    "not_barred": _not_barred,
}
