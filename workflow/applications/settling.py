"""Take an application's content in: as its campaign asks, under the unit's name as the office has it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.application import ApplicationContent
from docgen.application_reading import read_application
from docgen.errors import ContentError, Problem
from states.errors import NotAllowed
from states.reasons import Reason

from ..directory import HeldPost, Person
from ..models import Applicant, Application, Campaign, CampaignCategory, Category, Unit
from .facts import APPLICANT, people_in
from .sheets import leaves


def home(person: Person) -> HeldPost:
    """Return the post in which somebody applies for a unit; raises NotAllowed."""
    for post in person.posts:
        if post.code == APPLICANT and post.unit_id is not None:
            return post
    raise NotAllowed([Reason("Only the account of a unit applies for it")])


def settle(
    session: Session, person: Person, data: Mapping[str, Any], document: Mapping[str, Any] | None
) -> tuple[ApplicationContent, int]:
    """Return an application's content, and the agency of its campaign.

    `document` is the one whose text it is to become: campaign and category stay. Raises ContentError with
    every problem, NotAllowed.
    """
    content = read_application(data)
    unit_id = document["unit_id"] if document else home(person).unit_id
    campaign = session.scalars(
        select(Campaign).where(Campaign.public_id == content.campaign, Campaign.announced_at.is_not(None))
    ).first()
    if campaign is None:
        raise ContentError([Problem("campaign", "There is no such campaign.")])
    offered = _called(session, campaign.id, content.category)
    if offered is None:
        raise ContentError([Problem("category", "The campaign does not offer this category.")])
    problems = [
        *(_moved(session, campaign, content, document) if document else ()),
        *_unanswerable(session, campaign, content),
    ]
    if problems:
        raise ContentError(problems)
    return replace(content, unit=_known(session, unit_id, content), called=offered), campaign.agency_id


def _called(session: Session, campaign_id: int, category: str) -> str | None:
    """Return the name of a category that a campaign offers."""
    return session.scalars(
        select(Category.name)
        .join(CampaignCategory, CampaignCategory.category == Category.code)
        .where(CampaignCategory.campaign_id == campaign_id, Category.code == category)
    ).first()


def _moved(
    session: Session, campaign: Campaign, content: ApplicationContent, document: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield where a text would take its application to another campaign or category."""
    row = session.get_one(Application, document["id"])
    for where, before, now in (
        ("campaign", row.campaign_id, campaign.id),
        ("category", row.category, content.category),
    ):
        if before != now:
            yield Problem(
                where, "An application stays with its campaign and category: withdraw it and begin anew."
            )


def _unanswerable(session: Session, campaign: Campaign, content: ApplicationContent) -> Iterator[Problem]:
    """Yield what is wrong with the answers, given the indicators."""
    if not content.answers:
        return
    known = {row.code: row for row in leaves(session, campaign.id, content.category)}
    for place, answer in enumerate(content.answers):
        where, one = f"answers[{place}]", known.get(answer.indicator)
        if one is None:
            yield Problem(
                f"{where}.indicator", "There is no indicator %(code)s here.", {"code": answer.indicator}
            )
            continue
        if answer.points is not None and answer.points > one.points:
            most = f"{one.points / 100:g}"
            yield Problem(
                f"{where}.points", "%(code)s has at most %(most)s points.", {"code": one.code, "most": most}
            )
        if len(answer.statement) > one.words:
            params = {"length": str(len(answer.statement)), "limit": str(one.words)}
            message = "%(length)s characters are too many; the limit is %(limit)s."
            yield Problem(f"{where}.statement", message, params)


def _known(session: Session, unit_id: int | None, content: ApplicationContent) -> Any:
    """Return the unit as it was filled in, with what the office knows better and what was left empty."""
    unit = session.get_one(Unit, unit_id)
    filled = replace(content.unit, name=unit.name)
    row = session.get(Applicant, unit_id)
    if row is None:
        return filled
    body = session.get(Unit, row.recommender_id) if row.recommender_id else None
    return replace(
        filled,
        recommender=body.name if body else "",
        credit_code=filled.credit_code or row.credit_code or "",
        nature=filled.nature or row.nature,
    )


def accounts_of_the_unit(
    session: Session, person: Person, document: Mapping[str, Any] | None
) -> Collection[int]:
    """Return whose files an application may name: those of all the unit's accounts."""
    unit_id = document["unit_id"] if document else home(person).unit_id
    return {person.id, *people_in(session, APPLICANT, unit_id or 0)}
