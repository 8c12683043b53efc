"""Read a campaign's sheet as it was filled in: every problem at once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.sheet import TYPES

from .. import clock
from ..assessment.reckoning import LEAST_TO_DROP, METHODS, WITHIN
from ..models import Agency, Campaign
from ..office.fields import Fields
from .points import read_points, write_points

KINDS = ("creation", "recheck")
LEVELS = ("own", "provincial", "national")
LATE_RULES = ("refuse", "finish")
NOTICE_UNITS = ("working", "calendar")
UPWARD = ("请示", "报告")
DOWNWARD = tuple(type_ for type_ in TYPES if type_ in ("决定", "通报", "通知"))
LONGEST_TITLE, LONGEST_TERM = 100, 40
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_GRACE = 24 * 60  # minutes
MOST_DAYS = 60
MOST_ASSESSORS = 30
MOST_GAP = 10_000  # hundredths


def read_campaign(session: Session, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a campaign; raises ContentError with every problem."""
    fields = Fields(given)
    values: dict[str, Any] = {
        "title": fields.line("title", LONGEST_TITLE),
        "kind": one_of(fields, "kind", KINDS),
        "level": one_of(fields, "level", LEVELS),
        "year": fields.whole("year", FIRST_YEAR, LAST_YEAR),
        "term": fields.line("term", LONGEST_TERM),
        "agency_id": _agency(session, fields),
        **_term(fields),
        **_window(fields),
        "correction_days": fields.whole("correction_days", 1, MOST_DAYS),
        "notice_days": fields.whole("notice_days", 0, MOST_DAYS),
        "notice_unit": one_of(fields, "notice_unit", NOTICE_UNITS),
        "assessors_each": fields.whole("assessors_each", 1, MOST_ASSESSORS),
    }
    values["conferral_type"] = _conferral(fields, values["level"])
    values["methods"], values["aggregation"] = _aggregation(fields)
    values["gap"] = points(fields, "gap", MOST_GAP)
    fields.check()
    return values


def one_of(fields: Fields, where: str, known: Sequence[str]) -> str:
    """Return one of the known words."""
    value = str(fields.given.get(where) or "")
    if value not in known:
        fields.refuse(where, "Choose one of those that are offered.")
    return value


def points(fields: Fields, where: str, most: int) -> int:
    """Return points in hundredths."""
    found = read_points(str(fields.given.get(where) or ""))
    if found is None or found > most:
        fields.refuse(
            where,
            "These must be points from 0 to %(most)s, with two decimals at most.",
            most=write_points(most),
        )
        return 0
    return found


def moment(fields: Fields, where: str) -> str:
    """Return an instant as it is stored, of a local date and time such as 2026-03-01T09:00."""
    text = str(fields.given.get(where) or "").strip().replace(" ", "T")
    try:
        found = datetime.fromisoformat(text)
        if "T" not in text or found.tzinfo or not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ValueError(text)
    except ValueError:
        fields.refuse(where, "This must be a date and a time such as 2026-03-01 09:00.")
        return ""
    return clock.stamp(found.replace(tzinfo=clock.SHANGHAI))


def write_moment(stamped: str) -> str:
    """Return an instant as `moment` reads it."""
    return clock.read(stamped).strftime("%Y-%m-%dT%H:%M")


def _agency(session: Session, fields: Fields) -> int | None:
    found = select(Agency.id).where(Agency.code == str(fields.given.get("agency") or ""))
    agency_id = session.scalars(found).first()
    if agency_id is None:
        fields.refuse("agency", "Choose one of those that are offered.")
    return agency_id


def _term(fields: Fields) -> dict[str, date | None]:
    since, until = fields.day("term_from"), fields.day("term_until")
    if since and until and until < since:
        fields.refuse("term_until", "The term ends before it begins.")
    return {"term_from": since, "term_until": until}


def _window(fields: Fields) -> dict[str, Any]:
    opens, closes = moment(fields, "opens"), moment(fields, "closes")
    if opens and closes and closes <= opens:
        fields.refuse("closes", "It closes before it opens.")
    late_rule = one_of(fields, "late_rule", LATE_RULES)
    least = 1 if late_rule == "finish" else 0
    grace = fields.whole("grace_minutes", least, MOST_GRACE, required=late_rule == "finish") or 0
    if late_rule == "refuse":
        grace = 0
    return {"opens_at": opens, "closes_at": closes, "late_rule": late_rule, "grace_minutes": grace}


def _conferral(fields: Fields, level: str) -> str:
    """Return the 文种: downwards where the agency confers, upwards where it recommends to those who do."""
    value = str(fields.given.get("conferral_type") or "")
    known = DOWNWARD if level == "own" else UPWARD
    if value not in known:
        fields.refuse("conferral_type", "At this level it is one of %(types)s.", types="、".join(known))
    return value


def _aggregation(fields: Fields) -> tuple[list[str], dict[str, Any]]:
    """Return the methods, and how their scores become a total; see assessment."""
    methods = fields.words("methods", METHODS)
    if not methods:
        fields.refuse("methods", "Choose one method at least.")
    weights = {method: fields.whole(f"weight_{method}", 1, 100) for method in methods}
    if methods and None not in weights.values() and sum(map(int, map(str, weights.values()))) != 100:
        fields.refuse("methods", "The weights of the methods come to 100 together.")
    within = one_of(fields, "within", WITHIN)
    at_least = fields.whole("at_least", LEAST_TO_DROP, MOST_ASSESSORS, required=False) or LEAST_TO_DROP
    return methods, {"methods": weights, "within": within, "at_least": at_least, "veto": fields.yes("veto")}


def written(session: Session, campaign: Campaign) -> dict[str, Any]:
    """Return a campaign as `read_campaign` reads it: what its form shows."""
    rule = campaign.aggregation
    plain = (
        *("title", "kind", "level", "year", "term", "conferral_type", "late_rule", "grace_minutes"),
        *("correction_days", "notice_days", "notice_unit", "assessors_each", "methods"),
    )
    return {
        **{name: getattr(campaign, name) for name in plain},
        "agency": session.get_one(Agency, campaign.agency_id).code,
        "term_from": campaign.term_from.isoformat(),
        "term_until": campaign.term_until.isoformat(),
        "opens": write_moment(campaign.opens_at),
        "closes": write_moment(campaign.closes_at),
        "within": rule["within"],
        "at_least": rule["at_least"],
        "veto": "yes" if rule["veto"] else "",
        "gap": write_points(campaign.gap),
        **{f"weight_{method}": weight for method, weight in rule["methods"].items()},
    }


def proposed(session: Session) -> dict[str, Any]:
    """Return what the form of a new campaign begins with."""
    year = clock.today().year
    first = session.scalars(select(Agency.code).order_by(Agency.position)).first()
    return {
        "kind": "creation",
        "level": "own",
        "year": year,
        "agency": first,
        "conferral_type": "决定",
        "late_rule": "finish",
        "grace_minutes": 30,
        "correction_days": 5,
        "notice_days": 5,
        "notice_unit": "working",
        "methods": ["material", "site"],
        "weight_material": 70,
        "weight_site": 30,
        "assessors_each": 3,
        "within": "mean",
        "at_least": LEAST_TO_DROP,
        "veto": "",
        "gap": "10",
    }
