"""List what an application still lacks before it may be submitted; every lack at once."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from docgen.application import ApplicationContent
from states.reasons import Label, Reason

from ..models import Application
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


def missing(session: Session, document: Mapping[str, Any], content: ApplicationContent) -> tuple[Reason, ...]:
    """Return what an application lacks, in the order of its form."""
    row = session.get_one(Application, document["id"])
    indicators = leaves(session, row.campaign_id, row.category)
    return (*_of_form(content), *_of_answers(content, indicators), *_at_the_end(content))


def _of_form(content: ApplicationContent) -> Iterator[Reason]:
    for names, holder in ((_OF_UNIT, content.unit), (_TEXTS, content)):
        for name, label in names.items():
            if getattr(holder, name) in ("", None):
                yield Reason("%(field)s is not filled in", {"field": label})


def _of_answers(content: ApplicationContent, indicators: Any) -> Iterator[Reason]:
    answers = {answer.indicator: answer for answer in content.answers}
    for one in indicators:
        answer = answers.get(one.code)
        if answer is None or answer.points is None:
            yield Reason("Indicator %(code)s has no points of your own", {"code": one.code})
        if one.evidence and (answer is None or not answer.evidence):
            yield Reason("Indicator %(code)s lacks its evidence", {"code": one.code})


def _at_the_end(content: ApplicationContent) -> Iterator[Reason]:
    if not content.pledged:
        yield Reason("The pledge on the negative list is not given")
    if content.signed_form is None:
        yield Reason("The sealed form is not sent in as a scan")
