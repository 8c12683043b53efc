"""List what an application still lacks before it may be submitted; every lack at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from docgen.application import ApplicationContent
from states.reasons import Label, Reason

from ..models import Application, Campaign
from . import eligibility
from .sheets import leaves

_OF_UNIT = {
    "name": Label(zh="单位名称", en="Name of the unit"),
    "credit_code": Label(zh="统一社会信用代码", en="Credit code"),
    "nature": Label(zh="单位性质", en="Nature of the unit"),
    "legal_person": Label(zh="主要负责人", en="Head of the unit"),
    "in_charge": Label(zh="分管负责人", en="Leader in charge"),
    "staff": Label(zh="职工人数", en="Number of staff"),
    "address": Label(zh="地址", en="Address"),
    "contact": Label(zh="联系人", en="Contact"),
    "phone": Label(zh="联系电话", en="Telephone"),
}
_TEXTS = {
    "overview": Label(zh="创建概况", en="Overview"),
    "practice": Label(zh="主要做法与成效", en="Practice and effect"),
}
FAMILY = "家庭"
_NOT_OF_A_FAMILY = ("credit_code", "legal_person", "in_charge", "staff")


@dataclass(frozen=True)
class Lack:
    """Something that is missing, and the field of the content at which it would stand."""

    where: str
    reason: Reason


def missing(session: Session, document: Mapping[str, Any], content: ApplicationContent) -> tuple[Reason, ...]:
    """Return what an application lacks, in the order of its form."""
    return tuple(lack.reason for lack in lacks(session, document, content))


def lacks(session: Session, document: Mapping[str, Any], content: ApplicationContent) -> tuple[Lack, ...]:
    """Return what an application lacks and where, and why its unit may not apply as it is filled in."""
    row = session.get_one(Application, document["id"])
    indicators = leaves(session, row.campaign_id, row.category)
    campaign = session.get_one(Campaign, row.campaign_id)
    checked = eligibility.check(session, row.unit_id, campaign, row.category, content)
    return (
        *(Lack("eligibility", one.reason) for one in checked if one.verdict == "unmet"),
        *_of_form(content),
        *_of_answers(content, indicators),
        *_at_the_end(content),
    )


def _of_form(content: ApplicationContent) -> Iterator[Lack]:
    for prefix, names, holder in (("unit.", _OF_UNIT, content.unit), ("", _TEXTS, content)):
        for name, label in names.items():
            if content.unit.nature == FAMILY and name in _NOT_OF_A_FAMILY:
                continue
            if getattr(holder, name) in ("", None):
                yield Lack(prefix + name, Reason("%(field)s is not filled in", {"field": label}))


def _of_answers(content: ApplicationContent, indicators: Any) -> Iterator[Lack]:
    answers = {answer.indicator: answer for answer in content.answers}
    for one in indicators:
        answer, code = answers.get(one.code), {"code": one.code}
        if answer is None or answer.points is None:
            yield Lack(f"points.{one.code}", Reason("Indicator %(code)s has no points of your own", code))
        if one.evidence and (answer is None or not answer.evidence):
            yield Lack(f"evidence.{one.code}", Reason("Indicator %(code)s lacks its evidence", code))


def _at_the_end(content: ApplicationContent) -> Iterator[Lack]:
    if not content.pledged:
        yield Lack("pledged", Reason("The pledge on the negative list is not given"))
    if content.signed_form is None:
        yield Lack("signed_form", Reason("The sealed form is not sent in as a scan"))
