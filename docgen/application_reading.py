"""Read an application (申报) from outside: cleaned, and refused with every problem at once."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from .application import Answer, ApplicationContent, ApplyingUnit, HeldTitle
from .errors import ContentError, Problem
from .reading import Reading
from .sheet import FileRef

MOST_ANSWERS = 300
MOST_EVIDENCE = 20  # files to one indicator
MOST_TITLES = 30
MOST_PEOPLE = 1_000_000
MOST_POINTS = 100_000  # hundredths
LIMITS = {
    "overview": 3000,
    "practice": 3000,
    "highlights": 1000,
    "honours": 1500,
    "statement": 3000,  # each indicator has its own, lower one
    "address": 200,
    **dict.fromkeys(("campaign", "category", "indicator", "credit_code", "date"), 64),
    **dict.fromkeys(("nature", "legal_person", "in_charge", "contact", "phone", "level", "term"), 60),
    **dict.fromkeys(("name", "recommender", "title", "number"), 120),
}
"""Characters a text may have."""

_TOP = {
    "campaign", "category", "unit", "titles_held", "overview", "practice", "highlights", "honours", "pledged",
    "answers", "signed_form",
}  # fmt: skip
_OF_UNIT = ("name", "credit_code", "nature", "recommender", "legal_person", "in_charge")
_WHERE = ("address", "contact", "phone")
_OF_TITLE = ("title", "level", "term", "number")


def read_application(data: Mapping[str, Any]) -> ApplicationContent:
    """Read an application as it is being filled in: only campaign and category must be there.

    Raises ContentError with every problem.
    """
    reading = _Reading()
    if not isinstance(data, Mapping):
        raise ContentError([Problem("content", "This must be an object.")])
    reading.refuse_unknown(data, _TOP, "")
    content = ApplicationContent(
        campaign=reading.text(data.get("campaign"), "campaign", required=True),
        category=reading.text(data.get("category"), "category", required=True),
        unit=reading.unit(data.get("unit")),
        titles_held=reading.list(data.get("titles_held"), "titles_held", reading.held_title, MOST_TITLES),
        overview=reading.text(data.get("overview"), "overview", lines=True),
        practice=reading.text(data.get("practice"), "practice", lines=True),
        highlights=reading.text(data.get("highlights"), "highlights", lines=True),
        honours=reading.text(data.get("honours"), "honours", lines=True),
        pledged=reading.yes_no(data.get("pledged"), "pledged"),
        answers=reading.list(data.get("answers"), "answers", reading.answer, MOST_ANSWERS),
        signed_form=reading.signed_form(data.get("signed_form")),
    )
    reading.refuse_twins(content.answers)
    if reading.problems:
        raise ContentError(reading.problems)
    return content


class _Reading(Reading):
    limits = LIMITS

    def unit(self, value: Any) -> ApplyingUnit:
        if value is None:
            return ApplyingUnit()
        data = self.object(value, "unit", {*_OF_UNIT, "staff", "members", *_WHERE})
        if data is None:
            return ApplyingUnit()
        words = {name: self.text(data.get(name), f"unit.{name}") for name in (*_OF_UNIT, *_WHERE)}
        staff, members = (
            self.whole(data.get(name), f"unit.{name}", MOST_PEOPLE) for name in ("staff", "members")
        )
        return ApplyingUnit(staff=staff, members=members, **words)

    def held_title(self, value: Any, where: str) -> HeldTitle:
        data = self.object(value, where, {*_OF_TITLE, "date"})
        if data is None:
            return HeldTitle("")
        title, level, term, number = (self.text(data.get(name), f"{where}.{name}") for name in _OF_TITLE)
        if not title:
            self.refuse(f"{where}.title", "This must not be empty.")
        return HeldTitle(title, level, term, number, self.day(data.get("date"), f"{where}.date"))

    def answer(self, value: Any, where: str) -> Answer:
        data = self.object(value, where, {"indicator", "points", "statement", "evidence"})
        if data is None:
            return Answer("")
        return Answer(
            self.text(data.get("indicator"), f"{where}.indicator", required=True),
            self.whole(data.get("points"), f"{where}.points", MOST_POINTS),
            self.text(data.get("statement"), f"{where}.statement", lines=True),
            self.list(data.get("evidence"), f"{where}.evidence", self.file, MOST_EVIDENCE),
        )

    def signed_form(self, value: Any) -> FileRef | None:
        return None if value is None else self.file(value, "signed_form")

    def whole(self, value: Any, where: str, most: int) -> int | None:
        if value is None or (type(value) is int and 0 <= value <= most):
            return value
        message = "This must be a whole number from %(least)s to %(most)s."
        self.refuse(where, message, least="0", most=str(most))
        return None

    def day(self, value: Any, where: str) -> str:
        text = self.text(value, where)
        if not text:
            return ""
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            self.refuse(where, "This must be a date such as 2024-04-07.")
            return ""

    def refuse_twins(self, answers: tuple[Answer, ...]) -> None:
        for code, times in Counter(answer.indicator for answer in answers).items():
            if code and times > 1:
                self.refuse("answers", "There is more than one answer to %(indicator)s.", indicator=code)
