"""Say who sees which application, and how much of what happened to it.

A unit sees its own alone; a recommending body those of its units once they are submitted; an assessor what is
assigned; the office, and those who look on, all that is submitted; and whoever had it for one of them. For
everyone else there is none.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from ..contents import APPLICATION
from ..directory import Person
from ..models import Applicant, Assignment, Document, Task
from .facts import APPLICANT, RECOMMENDER

EXPERT = "expert"
OFFICE = ("office_clerk", "registrar")
ONLOOKERS = ("principal", "deputy", "archivist", "auditor")

# Acts of assessors and on them: who they are is for the office to know.
JUDGED = ("score", "score_again", "return_scores")
WEIGHED = ("consultation", "deliberation")  # stages of which nothing that is said leaves the office
OBJECTED = "verify"  # nor what somebody objected


def applications_seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition under which applications are to be seen by a person."""
    submitted = Document.submitted_at.is_not(None)
    ways: list[ColumnElement[bool]] = []
    if person.holds(*OFFICE, *ONLOOKERS):
        ways.append(submitted)
    if units := _units(person, APPLICANT):
        ways.append(Document.unit_id.in_(units))
    if bodies := _units(person, RECOMMENDER):
        theirs = (Applicant.unit_id == Document.unit_id, Applicant.recommender_id.in_(bodies))
        ways.append(and_(submitted, exists(select(1).where(*theirs).correlate(Document))))
    if person.in_office:  # who has it for another (委托)
        has = (Task.document_id == Document.id, Task.user_id == person.id)
        ways.append(exists(select(1).where(*has).correlate(Document)))
    if person.holds(EXPERT):
        given = (Assignment.document_id == Document.id, Assignment.user_id == person.id)
        ways.append(exists(select(1).where(*given).correlate(Document)))
    return and_(Document.kind == APPLICATION, or_(*ways)) if ways else false()


def _units(person: Person, code: str) -> list[int]:
    return [post.unit_id for post in person.posts if post.code == code and post.unit_id is not None]


def shown(person: Person, passages: Sequence[Any]) -> list[Any]:
    """Return an application's movements as a person may read them.

    Outside the office nobody is told who else judges it, nor what was said when replies and scores were
    weighed or somebody objected; whoever looks on and is an expert reads it as an expert.
    """
    if person.holds(*OFFICE) or (person.holds(*ONLOOKERS) and not person.holds(EXPERT)):
        return list(passages)
    return [
        replace(one, comment="", details={}) if one.source in WEIGHED or one.action == OBJECTED else one
        for one in passages
        if one.action not in JUDGED or one.actor == person.username
    ]
